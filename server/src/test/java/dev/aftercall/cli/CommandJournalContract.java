package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.cli.Shell.Said;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcJournalStore;
import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.journal.Written;
import dev.aftercall.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands change is in the journal before it is changed, on every database. */
abstract class CommandJournalContract {
  private static final UUID TENANT = TestServer.TENANT;
  private static final UUID OTHER = TestServer.guid("other");
  private static final String GROUP = TestServer.guid("group").toString();
  private static final String PERSON = TestServer.guid("person").toString();
  private static final String ME = "cli:" + ProcessHandle.current().info().user().orElseThrow();

  @TempDir Path folder;

  private Database.Location location =
      new Database.Location("", Optional.empty(), Optional.empty(), 1);
  private Path config = Path.of("");

  abstract Database.Location location(Path dataDir);

  @BeforeEach
  void configure() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    location = location(data);
    config =
        Files.writeString(
            folder.resolve("aftercall.properties"),
            Stream.of(
                    "data-dir=" + data,
                    "database.url=" + location.url(),
                    location.user().map(it -> "database.user=" + it).orElse(""),
                    location.password().map(it -> "database.password=" + it).orElse(""))
                .collect(java.util.stream.Collectors.joining("\n")));
  }

  private Said command(String... words) {
    return Shell.run(
        Stream.concat(Arrays.stream(words), Stream.of("--config", config.toString()))
            .toArray(String[]::new));
  }

  private String done(String... words) {
    String[] here =
        Stream.concat(Arrays.stream(words), Stream.of("--tenant", TENANT.toString()))
            .toArray(String[]::new);
    Said said = command(here);
    assertThat(said.code()).as(said.err()).isZero();
    return said.out();
  }

  private Said tried(String... words) {
    return command(
        Stream.concat(Arrays.stream(words), Stream.of("--tenant", TENANT.toString()))
            .toArray(String[]::new));
  }

  /** Oldest first. */
  private List<Entry> entries(UUID tenant) {
    try (Database database = Database.open(location)) {
      return new JournalReader(database).last(tenant, 1_000).reversed();
    }
  }

  private void sql(String statement) {
    try (Database database = Database.open(location)) {
      database.write(handle -> handle.execute(statement));
    }
  }

  @Test
  void everyChangeIsOnRecordBeforeAndAfter() throws IOException {
    Path members =
        Files.writeString(folder.resolve("m.csv"), "group,person\n" + GROUP + "," + PERSON);
    List<List<String>> changes =
        List.of(
            List.of("policy", "create", "bots", "--app", "one,two"),
            List.of("policy", "change", "bots", "--remove-app", "two"),
            List.of("policy", "grant", "bots", "--user", PERSON),
            List.of("group", "add", GROUP, "--user", PERSON),
            List.of("group", "import", members.toString(), "--replace"),
            List.of("rsc", "grant", "--thread", "19:meeting_a@thread.v2", "--app", "one"),
            List.of("tenant", "set", "--participant-download", "block"),
            List.of("application", "set", "one", "--metering-plan", "evaluation"),
            List.of("retention", "set", "short", "--scope", "tenant", "--days", "30"),
            List.of("retention", "run"),
            List.of("hold", "place", "case", "--scope", "tenant"),
            List.of("intake", "rules", "put", "any", "--organizer", PERSON));
    List<String> expected = new ArrayList<>();
    for (List<String> change : changes) {
      done(change.toArray(String[]::new));
      expected.add("aftercall " + String.join(" ", change));
    }
    List<Entry> entries = entries(TENANT);
    for (int i = 0; i < changes.size(); i++) {
      Entry before = entries.get(2 * i);
      Entry after = entries.get(2 * i + 1);
      assertThat(before.target()).isEqualTo(expected.get(i));
      assertThat(after.target()).isEqualTo(expected.get(i));
      assertThat(after.requestId()).isEqualTo(before.requestId());
      assertThat(List.of(before.delivery().status(), after.delivery().status()))
          .containsExactly(0, 200);
    }
    assertThat(entries)
        .hasSize(2 * changes.size())
        .allMatch(
            it ->
                it.caller().equals(ME)
                    && it.appId().equals("aftercall-cli")
                    && it.action().equals("admin")
                    && it.rule().equals("command-line")
                    && it.allowed());
  }

  @Test
  void theEntryIsFoundAndStandsInTheChain() throws IOException {
    try (Database database = Database.open(location)) {
      Entry ofAServer =
          new Entry(1, "r", TENANT, "c", "a", "metadata", "t", "policy", true, Delivery.NONE);
      new JdbcJournalStore(database).append(List.of(new Written("of a server", ofAServer)));
    }
    String secret = done("scim", "token", "create", "entra").strip();
    JsonNode found =
        new ObjectMapper().readTree(done("journal", "list", "--caller", ME, "--output", "json"));
    assertThat(found).hasSize(2);
    assertThat(found.get(0).path("target").asText()).isEqualTo("aftercall scim token create entra");
    assertThat(done("journal", "list", "--app", "aftercall-cli")).contains("scim token create");
    assertThat(done("journal", "export")).contains("scim token create").doesNotContain(secret);
    assertThat(done("journal", "verify")).contains("entries 1 to 3 are intact");
  }

  @Test
  void whatCannotBeTakenDownIsNotDone() {
    done("policy", "create", "bots", "--app", "one");
    sql("alter table journal rename to journal_away");
    Said refused = tried("policy", "remove", "bots");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Nothing was changed: the journal could not take down")
        .contains("run the command again");
    assertThat(done("policy", "list")).contains("bots");
    sql("alter table journal_away rename to journal");
    done("policy", "remove", "bots");
    assertThat(done("journal", "verify")).contains("entries 1 to 4 are intact");
  }

  @Test
  void anAttemptStaysOnRecordWhateverBecomesOfIt() {
    sql("alter table access_policy rename to access_policy_away");
    assertThat(tried("policy", "create", "bots", "--app", "one").code()).isEqualTo(1);
    sql("alter table access_policy_away rename to access_policy");
    assertThat(tried("policy", "remove", "none").code()).isEqualTo(1);
    assertThat(entries(TENANT))
        .extracting(it -> it.target() + " " + it.delivery().status())
        .containsExactly(
            "aftercall policy create bots --app one 0",
            "aftercall policy create bots --app one 500",
            "aftercall policy remove none 0",
            "aftercall policy remove none 500");
  }

  @Test
  void looksLeaveNoEntry() throws IOException {
    Path members =
        Files.writeString(folder.resolve("m.csv"), "group,person\n" + GROUP + "," + PERSON);
    done("policy", "list");
    done("retention", "preview");
    done("recording", "list");
    done("group", "import", members.toString(), "--dry-run");
    done("verify-storage");
    done("policy", "create", "--help");
    assertThat(entries(TENANT)).isEmpty();
  }

  @Test
  void whatGoesForEveryTenantIsInTheJournalOfEach() {
    done("policy", "create", "bots", "--app", "one");
    assertThat(
            command("policy", "create", "x", "--app", "one", "--tenant", OTHER.toString()).code())
        .isZero();
    assertThat(tried("policy", "create").code()).isEqualTo(2);
    assertThat(command("policy", "create", "y", "--app", "one").err())
        .contains("Several tenants are known");
    Said archived = command("journal", "archive", "--before", "2020-01");
    assertThat(archived.code()).as(archived.err()).isZero();
    for (UUID tenant : List.of(TENANT, OTHER)) {
      assertThat(entries(tenant))
          .extracting(Entry::target)
          .hasSize(4)
          .contains("aftercall journal archive --before 2020-01");
    }
    assertThat(command("journal", "verify").code()).isZero();
  }
}
