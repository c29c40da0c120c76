package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.JournalQuery;
import dev.aftercall.journal.Verification;
import dev.aftercall.journal.Written;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Removal;
import dev.aftercall.retention.RetentionRule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What retention moves to the trash is in the journal, and nothing else is: both or neither. */
abstract class ExpiryJournalContract {
  private static final Logger QUIET = Logger.getLogger("dev.aftercall.retention");

  @TempDir Path folder;

  private Database database;
  private Vault vault;

  abstract Database.Location location();

  @BeforeEach
  void openDatabase() throws IOException {
    QUIET.setLevel(Level.OFF);
    database = Database.open(location());
    vault = new Vault(database, new DiskContentStore(folder.resolve("content")), folder);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
    QUIET.setLevel(null);
  }

  private List<UUID> recordings(int count) {
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(vault.add().artifact());
    }
    return all;
  }

  private void run() {
    vault.run(vault.rooms).run(List.of(vault.tenant), true);
  }

  private List<Entry> entries() {
    return new JournalReader(database).last(vault.tenant, 1_000);
  }

  private List<UUID> trash() {
    return vault.rooms.trash().page(vault.tenant, Long.MAX_VALUE, Optional.empty(), 1_000).stream()
        .map(ArchiveItem::artifact)
        .toList();
  }

  @Test
  void eachMoveIsOneEntryWithItsRule() throws IOException {
    // More than go in one transaction.
    List<UUID> all = recordings(203);
    run();
    assertThat(entries()).isEmpty();
    vault
        .rooms
        .rules()
        .make(
            vault.tenant,
            new RetentionRule(
                vault.ids.guid(), "short", new RetentionRule.Scope.Tenant(), Optional.of(30), 1));
    vault.clock.advance(Duration.ofDays(31));
    run();
    run();
    assertThat(trash()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(entries())
        .extracting(it -> UUID.fromString(it.target()))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(entries())
        .allMatch(
            it ->
                it.action().equals("retention-trash")
                    && it.rule().equals("short")
                    && it.caller().equals("retention")
                    && it.at() == vault.now()
                    && it.allowed());
    assertThat(entries()).extracting(Entry::requestId).containsOnly(entries().get(0).requestId());

    JournalQuery ofOne =
        new JournalQuery(
            vault.tenant,
            Optional.empty(),
            Optional.empty(),
            Optional.of(Removal.RETENTION),
            Optional.empty(),
            Optional.of(all.getFirst().toString()),
            Optional.empty(),
            Optional.empty(),
            10);
    assertThat(new JournalReader(database).page(ofOne)).hasSize(1);
    Verification verification =
        new Verification(new JdbcArchives(database), Optional.empty(), List.of(), chain -> {});
    assertThat(verification.verify(vault.tenant, Chain.START))
        .isInstanceOfSatisfying(
            Verification.Result.Intact.class,
            intact -> assertThat(intact.end().sequence()).isEqualTo(203));
  }

  /**
   * The journal fails, and what comes behind it in the transaction: neither is without the other.
   */
  @Test
  void moveAndEntryAreOneTransaction() {
    List<UUID> all = recordings(2);
    vault.clock.advance(Duration.ofDays(130));
    for (String table : List.of("journal", "journal_chain", "change_counter")) {
      rename(table, "away");
      assertThatThrownBy(this::run).as("without " + table).isInstanceOf(RuntimeException.class);
      rename("away", table);
      assertThat(trash()).as("without " + table).isEmpty();
      assertThat(entries()).as("without " + table).isEmpty();
    }
    run();
    assertThat(trash()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(entries()).hasSize(2);
  }

  private void rename(String table, String name) {
    database.write(handle -> handle.execute("alter table " + table + " rename to " + name));
  }

  @Test
  void whatSomebodyElseMovedMeanwhileIsNoEntry() {
    List<UUID> all = recordings(2);
    Removal removal = Removal.expired(vault.now(), "short");
    assertThat(vault.rooms.trash().remove(vault.tenant, Map.of(all.getFirst(), removal))).isOne();
    assertThat(
            vault
                .rooms
                .trash()
                .remove(
                    vault.tenant,
                    Map.of(all.getFirst(), removal, all.getLast(), removal),
                    artifact -> written(artifact)))
        .isOne();
    assertThat(entries()).extracting(Entry::target).containsExactly(all.getLast().toString());
  }

  private Written written(UUID artifact) {
    return new Written(
        vault.ids.guid().toString(),
        new Entry(
            vault.now(),
            "run",
            vault.tenant,
            "retention",
            "",
            "retention-trash",
            artifact.toString(),
            "short",
            true,
            Delivery.NONE));
  }
}
