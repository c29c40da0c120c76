package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.access.Rules;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.Policy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rules in SQL promise: the editor's every word is read, by whichever process. */
abstract class RulesContract {
  private static final String APP = "00000000-0000-4000-8000-0000000000aa";
  private static final String CHAT = "19:meeting_x@thread.v2";
  private static final String READ_CHAT = "OnlineMeetingRecording.Read.Chat";

  private final Rows rows = new Rows();
  private final UUID tenant = rows.guid();
  private final UUID person = rows.guid();
  private final UUID group = rows.guid();
  private final UUID otherGroup = rows.guid();
  private Database database;
  private Database elsewhere;
  private RuleEditor editor;
  private JdbcRules rules;

  /** A database with nothing in it but the schema; the same at every call within a test. */
  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    Database.Location location = location();
    database = Database.open(location);
    // Another instance, as the command line is to a running server.
    elsewhere = Database.open(location);
    editor = new RuleEditor(elsewhere, tenant);
    rules = new JdbcRules(database, false);
  }

  @AfterEach
  void closeDatabase() {
    elsewhere.close();
    database.close();
  }

  @Test
  void aTenantNobodyRuledIsShut() {
    assertThat(now()).isEqualTo(Rules.NONE);
  }

  @Test
  void changesShowAfterRefreshAndNotBefore() {
    editor.putPolicy(new Policy("p", "", List.of(APP)));
    editor.grant(new Grantee.Everyone(), "p");

    assertThat(rules.of(tenant).policyCovers(person, APP)).isFalse();
    assertThat(now().policyCovers(person, APP)).isTrue();
    assertThat(rules.of(rows.guid())).as("another tenant").isEqualTo(Rules.NONE);
  }

  @Test
  void everyChangeMovesTheVersionOn() {
    List<Runnable> changes =
        List.of(
            () -> editor.putPolicy(new Policy("p", "", List.of(APP))),
            () -> editor.grant(new Grantee.User(person), "p"),
            () -> editor.revoke(new Grantee.User(person)),
            () -> editor.setMember(group, person, true),
            () -> editor.setMember(group, person, false),
            () -> editor.setNested(group, otherGroup, true),
            () -> editor.setNested(group, otherGroup, false),
            () -> editor.setConsent(CHAT, APP, READ_CHAT, true),
            () -> editor.setConsent(CHAT, APP, READ_CHAT, false),
            () -> editor.setParticipantDownload(true),
            () -> editor.setDownloadExempt(group, true),
            () -> editor.setDownloadExempt(group, false),
            () -> editor.removePolicy("p"));
    for (Runnable change : changes) {
      long before = version();
      change.run();
      assertThat(version()).isGreaterThan(before);
    }
  }

  @Test
  void nothingChangedNothingIsReadAnew() {
    editor.setParticipantDownload(true);
    Rules first = now();

    assertThat(now()).isSameAs(first);
  }

  @Test
  void theLowestRankOfOnesGroupsCounts() {
    editor.putPolicy(new Policy("first", "", List.of()));
    editor.putPolicy(new Policy("second", "", List.of(APP)));
    editor.setMember(group, person, true);
    editor.setMember(otherGroup, person, true);
    editor.grant(otherGroup, 9, "first");
    editor.grant(group, 10, "second");

    assertThat(now().effectivePolicy(person)).contains("first");

    editor.grant(otherGroup, 11, "first");
    assertThat(now().effectivePolicy(person)).contains("second");
  }

  /** No two may be granted so any more; a database of an older version may hold them. */
  @Test
  void ofEqualRanksTheSameGroupCountsEverywhere() {
    UUID smaller = group.toString().compareTo(otherGroup.toString()) < 0 ? group : otherGroup;
    UUID larger = smaller.equals(group) ? otherGroup : group;
    editor.setMember(group, person, true);
    editor.setMember(otherGroup, person, true);
    editor.putPolicy(new Policy("of the larger", "", List.of()));
    editor.putPolicy(new Policy("of the smaller", "", List.of()));
    editor.grant(larger, 1, "of the larger");
    editor.grant(smaller, 2, "of the smaller");
    database.write(handle -> handle.execute("update access_policy_grant set group_rank = 1"));
    editor.setParticipantDownload(true);

    assertThat(now().effectivePolicy(person)).contains("of the smaller");
  }

  @Test
  void whoIsInAGroupIsInAllThatHoldIt() {
    UUID outer = rows.guid();
    editor.setMember(group, person, true);
    editor.setNested(otherGroup, group, true);
    editor.setNested(outer, otherGroup, true);
    editor.setDownloadExempt(outer, true);

    assertThat(now().mayDownload(person)).isTrue();
    editor.setNested(otherGroup, group, false);
    assertThat(now().mayDownload(person)).isFalse();
  }

  @Test
  void aNewDirectGrantReplacesTheOldAndUnassigningFallsBack() {
    editor.putPolicy(new Policy("one", "", List.of(APP)));
    editor.putPolicy(new Policy("two", "", List.of()));
    editor.grant(new Grantee.Everyone(), "one");
    editor.grant(new Grantee.User(person), "one");
    editor.grant(new Grantee.User(person), "two");

    assertThat(editor.grants())
        .containsExactly(
            Grant.of(new Grantee.Everyone(), "one"), Grant.of(new Grantee.User(person), "two"));
    assertThat(now().effectivePolicy(person)).contains("two");
    assertThat(now().policyCovers(person, APP)).isFalse();

    assertThat(editor.revoke(new Grantee.User(person))).isTrue();
    assertThat(editor.revoke(new Grantee.User(person))).isFalse();
    assertThat(now().policyCovers(person, APP)).isTrue();
  }

  @Test
  void aPolicyIsReplacedWholeAndRemovedWithItsGrants() {
    editor.putPolicy(new Policy("p", "first", List.of(APP, "b")));
    editor.putPolicy(new Policy("p", "second", List.of("b", "c", "c")));
    editor.grant(new Grantee.Everyone(), "p");

    assertThat(editor.policies()).containsExactly(new Policy("p", "second", List.of("b", "c")));
    assertThat(editor.hasPolicy("p")).isTrue();
    assertThat(editor.removePolicy("p")).isTrue();
    assertThat(editor.removePolicy("p")).isFalse();
    assertThat(editor.policies()).isEmpty();
    assertThat(editor.grants()).isEmpty();
    assertThat(now().effectivePolicy(person)).isEmpty();
  }

  @Test
  void consentIsOfOneAppInOneChat() {
    editor.setConsent(CHAT, APP, READ_CHAT, true);
    editor.setConsent(CHAT, APP, READ_CHAT, true);

    assertThat(now().consented(CHAT, APP, READ_CHAT)).isTrue();
    assertThat(now().consented(CHAT, "other", READ_CHAT)).isFalse();
    assertThat(now().consented("19:other@thread.v2", APP, READ_CHAT)).isFalse();

    editor.setConsent(CHAT, APP, READ_CHAT, false);
    assertThat(now().consented(CHAT, APP, READ_CHAT)).isFalse();
  }

  @Test
  void downloadIsForAllOrForExemptGroups() {
    editor.setMember(group, person, true);
    assertThat(now().mayDownload(person)).isFalse();

    editor.setDownloadExempt(group, true);
    assertThat(now().mayDownload(person)).isTrue();

    editor.setDownloadExempt(group, false);
    editor.setParticipantDownload(true);
    assertThat(now().mayDownload(rows.guid())).isTrue();

    editor.setParticipantDownload(false);
    assertThat(now().mayDownload(person)).isFalse();
  }

  @Test
  void transcriptsAreOpenUntilASwitchIsSet() {
    assertThat(now().transcripts()).isEqualTo(Rules.Transcripts.OPEN);
    editor.setParticipantDownload(true);
    assertThat(now().transcripts()).isEqualTo(Rules.Transcripts.OPEN);

    editor.setGraphTranscriptAccess(false);
    assertThat(now().transcripts()).isEqualTo(new Rules.Transcripts(false, true));
    editor.setAttributedTranscripts(false);
    editor.setGraphTranscriptAccess(true);
    assertThat(now().transcripts()).isEqualTo(new Rules.Transcripts(true, false));
    assertThat(now().mayDownload(person)).as("another switch stays").isTrue();
  }

  @Test
  void aSwitchOfTranscriptsAloneOpensNoDownloads() {
    editor.setAttributedTranscripts(true);
    assertThat(now()).isEqualTo(Rules.NONE);
  }

  @Test
  void anotherTenantsEditorChangesNothingHere() {
    RuleEditor other = new RuleEditor(elsewhere, rows.guid());
    other.putPolicy(new Policy("p", "", List.of(APP)));
    other.grant(new Grantee.Everyone(), "p");
    other.setParticipantDownload(true);

    assertThat(now()).isEqualTo(Rules.NONE);
    assertThat(editor.policies()).isEmpty();
    assertThat(editor.removePolicy("p")).isFalse();
  }

  private Rules now() {
    rules.refresh();
    return rules.of(tenant);
  }

  private long version() {
    return database.read(
        handle -> handle.createQuery("select version from rules_version").mapTo(Long.class).one());
  }
}
