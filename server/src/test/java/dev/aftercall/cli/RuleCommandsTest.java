package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.cli.Shell.Said;
import dev.aftercall.dev.demo.DemoDirectory;
import dev.aftercall.intake.Samples;
import dev.aftercall.meeting.MeetingId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules set from the command line while a server is running, which obeys within a second. */
final class RuleCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GROUP = "7c1f6d0e-0000-4000-8000-000000000001";
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private static StartDev.Running running;
  private static String data = "";
  private static String tenant = "";
  private static String organizer = "";
  private static String app = "";
  private static JsonNode receipt = JSON.missingNode();

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    data = folder.resolve("data").toString();
    StartDev command = Shell.startDev(data, "--no-demo");
    running = command.start();
    DemoDirectory people = running.ready().people();
    tenant = people.tenant().toString();
    organizer = people.user(DemoDirectory.Person.ORGANIZER).oid().toString();
    app = people.app(DemoDirectory.App.WITHOUT_POLICY).clientId();
    Path film = Files.write(folder.resolve("film.mp4"), Samples.mp4(21, 100));
    String attendee = people.user(DemoDirectory.Person.ATTENDEE).oid().toString();
    Said said =
        command(
            "import",
            film.toString(),
            "--organizer",
            organizer,
            "--attendee",
            attendee,
            "--output",
            "json");
    assertThat(said.code()).as(said.err()).isZero();
    receipt = JSON.readTree(said.out());
  }

  @AfterAll
  static void stop() throws IOException {
    running.close();
  }

  @Test
  void aPolicyFromCreationToRemoval() throws Exception {
    assertThat(content(application(DemoDirectory.App.WITHOUT_POLICY), user())).isEqualTo(403);
    assertThat(done("policy", "create", "bots", "--app", app + ",other", "--description", "Bots"))
        .contains("bots")
        .contains("aftercall policy grant bots --user OID");

    assertThat(done("policy", "grant", "bots", "--user", organizer)).contains("user " + organizer);
    within(200, application(DemoDirectory.App.WITHOUT_POLICY), user());
    assertThat(done("policy", "grant", "--user", organizer, "--unassign")).contains("Unassigned");
    within(403, application(DemoDirectory.App.WITHOUT_POLICY), user());

    done("policy", "grant", "bots", "--group", GROUP, "--rank", "3");
    assertThat(done("group", "add", GROUP, "--user", organizer)).contains(organizer);
    within(200, application(DemoDirectory.App.WITHOUT_POLICY), user());
    assertThat(done("group", "remove", GROUP, "--user", organizer)).contains("is not in group");
    within(403, application(DemoDirectory.App.WITHOUT_POLICY), user());

    assertThat(done("policy", "grant", "bots", "--global")).contains("everybody");
    within(200, application(DemoDirectory.App.WITHOUT_POLICY), user());

    String table = done("policy", "list");
    assertThat(table.lines().findFirst().orElseThrow())
        .matches("POLICY +APPS +GRANTEDTO +DESCRIPTION");
    assertThat(table).contains("group " + GROUP + " (rank 3)").contains("everybody");
    JsonNode list = JSON.readTree(done("policy", "list", "--output", "json"));
    assertThat(list.path(0).path("policy").asText()).isEqualTo("bots");
    assertThat(list.path(0).path("apps").asText().split(",")).contains(app, "other");
    assertThat(list.path(0).path("description").asText()).isEqualTo("Bots");

    assertThat(done("policy", "remove", "bots")).contains("removed");
    within(403, application(DemoDirectory.App.WITHOUT_POLICY), user());
    assertThat(failed(1, "policy", "remove", "bots")).contains("There is no policy 'bots'");
    assertThat(failed(1, "policy", "grant", "bots", "--global")).contains("aftercall policy list");
    assertThat(command("policy", "grant", "--global", "--unassign").code()).isEqualTo(1);
  }

  @Test
  void groupsLieInGroupsAndAreListed() throws Exception {
    String outer = "7c1f6d0e-0000-4000-8000-000000000002";
    done("group", "create", outer, "--name", "Everyone in sales");
    done("group", "add", outer, "--group", GROUP, "--user", organizer);
    assertThat(done("group", "list")).contains(outer).contains("Everyone in sales");
    assertThat(JSON.readTree(done("group", "list", outer, "--output", "json"))).hasSize(2);
    assertThat(failed(1, "group", "add", GROUP, "--group", outer)).contains("circle");
    assertThat(failed(1, "group", "add", GROUP)).contains("--user");
    done("group", "remove", outer, "--group", GROUP);
    assertThat(failed(1, "group", "remove", outer, "--group", GROUP)).contains("is not in group");
    done("group", "delete", outer);
    assertThat(failed(1, "group", "list", outer)).contains("There is no group");
  }

  @Test
  void applicationsOfAPolicyComeAndGo() throws Exception {
    assertThat(command("policy", "create", "crew", "--app", "one").err())
        .contains("warning: No application one has called yet");
    assertThat(done("policy", "change", "crew", "--add-app", "two", "--remove-app", "one"))
        .contains("lets two in");
    done("policy", "change", "crew", "--description", "What for");
    assertThat(done("policy", "list")).contains("What for").contains("two");
    done("policy", "grant", "crew", "--group", GROUP, "--rank", "4");
    String other = "7c1f6d0e-0000-4000-8000-000000000003";
    assertThat(failed(1, "policy", "grant", "crew", "--group", other, "--rank", "4"))
        .contains("Rank 4 is taken");
    assertThat(failed(1, "policy", "grant", "crew", "--group", other, "--rank", "0"))
        .contains("--rank");
    done("policy", "remove", "crew");
    assertThat(failed(1, "policy", "change", "crew", "--add-app", "x")).contains("no policy");
    assertThat(failed(1, "policy", "create", "a/b", "--app", "x")).contains("cannot be the name");
  }

  @Test
  void switchesAndConsentsAreShown() throws Exception {
    done("rsc", "grant", "--thread", "19:shown@thread.v2", "--app", "x");
    assertThat(done("rsc", "list")).contains("19:shown@thread.v2");
    done("rsc", "revoke", "--thread", "19:shown@thread.v2", "--app", "x");
    assertThat(failed(1, "rsc", "revoke", "--thread", "19:shown@thread.v2", "--app", "x"))
        .contains("was not given");
    JsonNode shown = JSON.readTree(done("tenant", "show", "--output", "json"));
    assertThat(shown.get(0).path("graphTranscriptAccess").asText()).isEqualTo("true");
  }

  @Test
  void whySomebodyIsRefusedIsTold() throws Exception {
    String id = receipt.path("id").asText();
    String who = "app:" + app;
    String told = done("why", "--caller", who, "--action", "content", "--recording", id);
    assertThat(told).contains("Refused by ApplicationAccessPolicyMissing").contains("satisfy");
    JsonNode json =
        JSON.readTree(
            done(
                "why",
                "--caller",
                who,
                "--action",
                "content",
                "--recording",
                id,
                "--output",
                "json"));
    assertThat(json.path("allowed").asBoolean()).isFalse();
    assertThat(json.path("rules").size()).isGreaterThan(5);
    assertThat(
            done("why", "--caller", "user:" + organizer, "--action", "content", "--recording", id))
        .contains("Allowed, by delegated");
    assertThat(failed(1, "why", "--caller", who)).contains("--action");
    assertThat(failed(1, "why", "--request", "none")).contains("No request none");
    assertThat(failed(1, "why", "--caller", who, "--action", "fly")).contains("not known");
  }

  @Test
  void consentInAChatComesAndGoes() throws Exception {
    String chatApp = running.ready().people().app(DemoDirectory.App.RSC).clientId();
    String meeting = receipt.path("meetingId").asText();
    String token = application(DemoDirectory.App.RSC);
    assertThat(content(token, user())).isEqualTo(403);
    assertThat(done("rsc", "grant", "--meeting", meeting, "--app", chatApp)).contains(chatApp);
    within(200, token, user());
    String thread = MeetingId.parse(meeting).orElseThrow().threadId();
    assertThat(done("rsc", "revoke", "--thread", thread, "--app", chatApp)).contains("no longer");
    within(403, token, user());
    assertThat(failed(1, "rsc", "grant", "--meeting", "x", "--app", chatApp))
        .contains("not a meeting's id");
  }

  @Test
  void participantsDownloadsAreLetAndBlocked() throws Exception {
    String token = running.ready().token(DemoDirectory.Person.ATTENDEE);
    assertThat(done("tenant", "set", "--participant-download", "allow")).contains(tenant);
    within(200, token, "/me");
    done("tenant", "set", "--participant-download", "BLOCK");
    within(403, token, "/me");
    String attendee = running.ready().people().user(DemoDirectory.Person.ATTENDEE).oid().toString();
    done("group", "add", GROUP, "--user", attendee);
    assertThat(done("tenant", "set", "--exempt-group", GROUP)).contains("is exempt");
    within(200, token, "/me");
    assertThat(done("tenant", "set", "--no-exempt-group", GROUP)).contains("is not exempt");
    within(403, token, "/me");
    done("group", "remove", GROUP, "--user", attendee);
  }

  @Test
  void theJournalTellsWhoWasRefused() throws Exception {
    assertThat(content(application(DemoDirectory.App.WITHOUT_POLICY), user())).isEqualTo(403);
    String refused = running.ready().people().app(DemoDirectory.App.WITHOUT_POLICY).clientId();
    long until = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    JsonNode found = JSON.missingNode();
    while (found.isMissingNode() && System.nanoTime() < until) {
      for (JsonNode entry : JSON.readTree(done("journal", "list", "--output", "json"))) {
        // Another test lets this application in; its entry may be there before the refusal's.
        if (entry.path("app").asText().equals(refused) && !entry.path("allowed").asBoolean()) {
          found = entry;
        }
      }
    }
    assertThat(found.path("allowed").asText()).isEqualTo("false");
    assertThat(found.path("action").asText()).isEqualTo("content");
    assertThat(found.path("rule").asText()).isNotEmpty();
    assertThat(done("journal", "list", "--last", "1").lines()).hasSize(2);
    assertThat(failed(2, "journal", "list", "--last", "many")).contains("--last");
    assertThat(failed(2, "journal", "list", "--last", "-1")).contains("--last");
  }

  @Test
  void wrongWordsAreExplained() {
    assertThat(failed(2, "policy", "create", "x")).contains("--app");
    assertThat(failed(2, "policy", "grant", "x")).contains("--user");
    assertThat(failed(2, "policy", "grant", "x", "--user", organizer, "--global"))
        .contains("mutually exclusive");
    assertThat(failed(2, "policy", "grant", "x", "--user", "ada")).contains("ada");
    assertThat(failed(2, "tenant", "set", "--participant-download", "maybe")).contains("maybe");
    assertThat(failed(2, "policy", "list", "--output", "xml")).contains("xml");
    Said nowhere = Shell.run("policy", "list", "--data", data + "-not-there");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("There is no data folder").contains("--config");
  }

  private static String application(DemoDirectory.App who) {
    return running.ready().token(who);
  }

  private static String user() {
    return "/users/" + organizer;
  }

  /** Asks until the answer is the one wanted; a running server obeys within a second. */
  private static void within(int wanted, String token, String path) throws Exception {
    long until = System.nanoTime() + AT_ONCE.toNanos();
    int status = content(token, path);
    while (status != wanted && System.nanoTime() < until) {
      status = content(token, path);
    }
    assertThat(status).isEqualTo(wanted);
  }

  @Test
  void theSwitchesOfTranscriptsAreSet() {
    assertThat(done("tenant", "set", "--graph-transcript-access", "off"))
        .contains("Graph access to transcripts: OFF");
    assertThat(done("tenant", "set", "--attributed-transcripts", "OFF"))
        .contains("speakers' names: OFF");
    assertThat(
            done(
                "tenant",
                "set",
                "--graph-transcript-access",
                "on",
                "--attributed-transcripts",
                "on"))
        .contains("Graph access to transcripts: ON", "speakers' names: ON");
    assertThat(failed(2, "tenant", "set", "--attributed-transcripts", "maybe"))
        .contains("--attributed-transcripts");
  }

  private static int content(String token, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    running.ready().http()
                        + "/v1.0"
                        + path
                        + "/onlineMeetings/"
                        + receipt.path("meetingId").asText()
                        + "/recordings/"
                        + receipt.path("id").asText()
                        + "/content"))
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static Said command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data, "--tenant", tenant));
    return Shell.run(all.toArray(String[]::new));
  }

  private static String done(String... words) {
    Said said = command(words);
    assertThat(said.code()).as(said.err()).isZero();
    // The fuzzer's agent, where it is loaded in the same JVM, talks there too.
    assertThat(said.err().lines().filter(line -> line.startsWith("aftercall:")))
        .allSatisfy(line -> assertThat(line).startsWith("aftercall: warning: "));
    return said.out();
  }

  private static String failed(int code, String... words) {
    Said said = command(words);
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(code);
    return said.err();
  }
}
