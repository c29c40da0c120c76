package dev.aftercall.recorder;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.Sources;
import dev.aftercall.change.Precondition;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.testing.JibriHost;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jibri's finalize script, run by the shell of this machine against a real server. */
final class JibriFinalizeTest {
  private static final UUID ADA = TestServer.guid("Ada");
  private static final String WEEKLY = JibriHost.metadata("https://meet.example.org/Weekly");
  private static final String NAME = "weekly_2026-01-31-09-00-00.mp4";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  private TestServer server;
  private JibriHost jibri;

  @BeforeEach
  void start() {
    server = new TestServer(TestSetup.source(Sources.of("jibri", RecorderType.JIBRI)));
    new JdbcAssignmentRules(server.database())
        .put(TestServer.TENANT, Sources.rule("all", "*Weekly*", ADA), new Precondition.Always());
    jibri = new JibriHost(folder, Sources.SECRET).configure(server.base());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<Arrival> all() {
    return Sources.arrivals(server);
  }

  private Arrival only() {
    assertThat(all()).as(jibri.log()).hasSize(1);
    return all().getFirst();
  }

  private int recordings() {
    return Sources.recordings(server);
  }

  @Test
  void whatJibriRecordedIsThereAndTheReceiptBesideIt() throws Exception {
    Path session = jibri.session("abcdefgh", NAME, Media.mp4(), WEEKLY);
    JibriHost.Ended ended = jibri.run(session.toString());
    assertThat(ended.status()).as(ended.output()).isZero();
    Arrival arrival = only();
    assertThat(arrival.state()).isEqualTo(State.READY);
    assertThat(arrival.announcement().sourceId()).isEqualTo("abcdefgh/" + NAME);
    assertThat(arrival.announcement().occasion().room()).isEqualTo("Weekly");
    assertThat(Ticks.format(requireNonNull(arrival.announcement().occasion().start())))
        .startsWith("2026-01-31T09:00:00");
    assertThat(session.resolve(NAME + ".receipt.json"))
        .content()
        .startsWith("{\"id\":\"")
        .contains(arrival.facts().orElseThrow().sha256());
    assertThat(session.resolve(NAME)).exists();
    assertThat(jibri.queued()).isZero();
  }

  @Test
  void anyNameThatAFileCanHaveIsSent() throws Exception {
    String name = "wéek \"ly\"\\ $(id) %41 '\n&;*_2026-01-31-09-00-00.mp4";
    Path session = jibri.session("a \"b\" ü", name, Media.mp4(), WEEKLY);
    JibriHost.Ended ended = jibri.run(session.toString());
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(only().state()).isEqualTo(State.READY);
    assertThat(only().announcement().file().name())
        .isEqualTo(name.replace('\n', ' '))
        .contains("%41", "wéek");
  }

  @Test
  void sendsAgainWhatWasNotAcknowledgedAndNothingElse() throws Exception {
    Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
    jibri.run(session.toString());
    Path receipt = session.resolve(NAME + ".receipt.json");
    String before = Files.readString(receipt);
    Files.delete(receipt);
    assertThat(jibri.run(session.toString()).status()).isZero();
    assertThat(Files.readString(receipt)).isEqualTo(before);
    assertThat(recordings()).isEqualTo(1);
  }

  @Test
  void anotherShellDoesTheSame() throws Exception {
    for (String shell : List.of("/bin/busybox sh", "/bin/dash", "/bin/bash --posix")) {
      String[] command = shell.split(" ");
      if (Files.isExecutable(Path.of(command[0]))) {
        Path session =
            jibri.session(
                command[0].substring(5), NAME, Media.mp4(90_000 + shell.length()), WEEKLY);
        jibri.run("--status");
        JibriHost.Ended ended = jibri.shell(command).run(session.toString());
        assertThat(ended.status()).as(shell + ended.output()).isZero();
      }
    }
    assertThat(all()).allMatch(it -> it.state() == State.READY);
  }

  @Test
  void whatJibriDeletesMayGoWhenItHasAReceipt() throws Exception {
    jibri.configure(server.base(), "AFTER=delete");
    Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
    jibri.run(session.toString());
    assertThat(session.resolve(NAME)).doesNotExist();
    assertThat(session.resolve(NAME + ".receipt.json")).exists();
    Path other = jibri.session("two", NAME, new byte[2_000], WEEKLY);
    assertThat(jibri.run(other.toString()).status()).isEqualTo(65);
    assertThat(other.resolve(NAME)).exists();
  }

  @Test
  void whatNoRuleNamesWaitsThereAndIsNotSentAgain() throws Exception {
    Path session = jibri.session("one", NAME, Media.mp4(), JibriHost.metadata("https://m/Board"));
    assertThat(jibri.run(session.toString()).status()).isZero();
    assertThat(only().state()).isEqualTo(State.UNASSIGNED);
    assertThat(session.resolve(NAME + ".receipt.json"))
        .content()
        .contains("\"state\":\"waiting\"")
        .doesNotContain("uploadUrl");
  }

  @Test
  void whatIsNoMediaIsSetAsideOnceWithItsReason() throws Exception {
    Path session = jibri.session("one", NAME, new byte[5_000], WEEKLY);
    jibri.session("one", "empty_2026-01-31-10-00-00.mp4", new byte[0], WEEKLY);
    assertThat(jibri.run(session.toString()).status()).isEqualTo(65);
    assertThat(all()).hasSize(2).allMatch(it -> it.state() == State.QUARANTINED);
    assertThat(session.resolve(NAME + ".aside.json")).content().contains("neither an MP4");
    assertThat(session.resolve(NAME)).exists();
    assertThat(jibri.queued()).isZero();
    String log = jibri.log();
    assertThat(jibri.run("--retry").status()).isZero();
    assertThat(jibri.log()).isEqualTo(log);

    // Whoever deletes the mark is told the same again, and nothing is sent for it.
    Files.delete(session.resolve(NAME + ".aside.json"));
    assertThat(jibri.run(session.toString()).status()).isEqualTo(65);
    assertThat(all()).hasSize(2);
  }

  @Test
  void brokenMetadataCostNoRecording() throws Exception {
    Path session = jibri.session("one", "Weekly_2026-01-31-09-00-00.mp4", Media.mp4(), "{\"meet");
    assertThat(jibri.run(session.toString()).status()).isZero();
    assertThat(only().state()).isEqualTo(State.READY);
    assertThat(only().announcement().occasion().room()).isEqualTo("Weekly");
    Path large =
        jibri.session(
            "two",
            "Weekly_2026-01-31-10-00-00.mp4",
            Media.mp4(90_000),
            "{\"x\":\"" + "x".repeat(2_000_000) + "\"}");
    assertThat(jibri.run(large.toString()).status()).isZero();
  }

  @Test
  void aServerThatIsDownIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    jibri.configure("http://127.0.0.1:" + port);
    Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
    JibriHost.Ended ended = jibri.run(session.toString());
    assertThat(ended.status()).as(ended.output()).isEqualTo(75);
    assertThat(jibri.queued()).isEqualTo(1);
    assertThat(jibri.run("--status").output()).contains("waits: " + session);

    jibri.configure(server.base());
    assertThat(jibri.run("--retry").status()).isZero();
    assertThat(only().state()).isEqualTo(State.READY);
    assertThat(jibri.queued()).isZero();
  }

  @Test
  void theNextCallSendsWhatIsLeft() throws Exception {
    jibri.configure("http://127.0.0.1:1");
    jibri.run(jibri.session("one", NAME, Media.mp4(90_000), WEEKLY).toString());
    jibri.configure(server.base());
    assertThat(jibri.run(jibri.session("two", NAME, Media.mp4(), WEEKLY).toString()).status())
        .isZero();
    assertThat(all()).hasSize(2).allMatch(it -> it.state() == State.READY);
  }

  @Test
  void findsWhatItWasNeverCalledFor() throws Exception {
    jibri.configure(server.base(), "RECORDINGS=" + jibri.recordings());
    jibri.session("finished", NAME, Media.mp4(), WEEKLY);
    Path running = jibri.session("running", NAME, Media.mp4(90_000), WEEKLY);
    Files.delete(running.resolve("metadata.json"));
    Path died = jibri.session("died", NAME, Media.mp4(91_000), WEEKLY);
    Files.delete(died.resolve("metadata.json"));
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(3)));
    Files.setLastModifiedTime(died.resolve(NAME), old);
    assertThat(jibri.run("--retry").status()).isZero();
    assertThat(all())
        .extracting(it -> it.announcement().sourceId())
        .containsExactlyInAnyOrder("finished/" + NAME, "died/" + NAME);
  }

  @Test
  void transcriptsAndLinksStayWhereTheyAre() throws Exception {
    Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
    Files.writeString(session.resolve("transcript.txt"), "hello");
    Files.createSymbolicLink(session.resolve("link.mp4"), session.resolve(NAME));
    assertThat(jibri.run(session.toString()).status()).isZero();
    assertThat(all()).hasSize(1);
  }

  @Test
  void aWrongSecretOrSourceIsToldAndNothingIsLost() throws Exception {
    JibriHost stranger = new JibriHost(folder, "another-secret").configure(server.base());
    Path session = stranger.session("one", NAME, Media.mp4(), WEEKLY);
    JibriHost.Ended ended = stranger.run(session.toString());
    assertThat(ended.status()).isEqualTo(78);
    assertThat(ended.output()).contains("SECRET").doesNotContain("another-secret");
    assertThat(stranger.queued()).isEqualTo(1);
    assertThat(all()).isEmpty();
    jibri.configure(server.base());
    assertThat(jibri.run("--retry").status()).isZero();
    assertThat(only().state()).isEqualTo(State.READY);
  }

  @Test
  void aConfigurationThatIsWrongIsSaidToBe() throws Exception {
    Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
    jibri.configure(server.base(), "COLOUR=red");
    assertThat(jibri.run(session.toString()).output()).contains("there is no setting 'COLOUR'");
    jibri.configure("archive.example.org");
    assertThat(jibri.run(session.toString()).output()).contains("URL must be");
    jibri.configure(server.base(), "SECRET=a\"b");
    assertThat(jibri.run(session.toString()).output()).contains("SECRET must have");
    jibri.configure(server.base());
    Files.setPosixFilePermissions(jibri.config(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(jibri.run(session.toString()).output()).contains("others may touch it");
    assertThat(jibri.run(session.toString()).status()).isEqualTo(78);
    Files.delete(jibri.config());
    assertThat(jibri.run(session.toString()).status()).isEqualTo(78);
    assertThat(all()).isEmpty();
  }

  @Test
  void saysHowItIsCalled() {
    assertThat(jibri.run(folder.resolve("nothing").toString()).status()).isEqualTo(64);
    assertThat(jibri.run("--help").status()).isEqualTo(64);
  }

  /** A server that takes the call and says nothing. */
  @Test
  void jibriIsNotKeptWaitingAndNoProcessShowsTheSecret() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      silent.setSoTimeout((int) PATIENCE.toMillis());
      jibri.configure("http://127.0.0.1:" + silent.getLocalPort(), "WAIT=1");
      Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
      JibriHost.Ended ended = jibri.run(session.toString());
      assertThat(ended.status()).as(ended.output()).isZero();
      assertThat(ended.output()).contains("in the background");
      try (Socket caller = silent.accept()) {
        String head = head(caller);
        assertThat(head).contains("Authorization: Bearer " + Sources.SECRET);
        assertThat(
                ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""))
                    .filter(line -> line.contains(jibri.spool().toString())))
            .isNotEmpty()
            .noneMatch(line -> line.contains(Sources.SECRET));
        // Another call meanwhile leaves it to the one that is at it.
        assertThat(jibri.run("--retry").output()).contains("another run is sending");
      }
    }
    Poll.until("the sender gives up", PATIENCE, () -> jibri.log().contains("later:"));
    jibri.configure(server.base());
    Poll.until(
        "it is sent by a later run",
        PATIENCE,
        () -> {
          jibri.run("--retry");
          return all().stream().anyMatch(it -> it.state() == State.READY);
        });
    jibri.settle();
    assertThat(recordings()).isEqualTo(1);
  }

  private static String head(Socket caller) throws Exception {
    StringBuilder head = new StringBuilder();
    byte[] piece = new byte[4_096];
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = caller.getInputStream().read(piece);
      assertThat(read).isPositive();
      head.append(new String(piece, 0, read, StandardCharsets.UTF_8));
    }
    return head.toString();
  }

  @Test
  void waitsForAServerThatIsRestarted() throws Exception {
    jibri.configure("http://127.0.0.1:1", "RETRY_FOR=100", "WAIT=0");
    Path session = jibri.session("one", NAME, Media.mp4(), WEEKLY);
    assertThat(jibri.run(session.toString()).status()).isZero();
    Poll.until("the first try fails", PATIENCE, () -> jibri.log().contains("later:"));
    jibri.configure(server.base(), "RETRY_FOR=100", "WAIT=0");
    Poll.until(
        "it is sent at the next",
        PATIENCE,
        () -> Files.exists(session.resolve(NAME + ".receipt.json")));
    jibri.settle();
    assertThat(only().state()).isEqualTo(State.READY);
  }

  @Test
  void twoRunsAtOnceSendAFileOnce() throws Exception {
    jibri.configure("http://127.0.0.1:1", "FRAGMENT_MIB=1");
    for (int i = 0; i < 4; i++) {
      jibri.run(jibri.session("s" + i, NAME, Media.mp4(1_500_000 + i), WEEKLY).toString());
    }
    jibri.configure(server.base(), "FRAGMENT_MIB=1");
    List<Process> runs = List.of(jibri.start("--retry"), jibri.start("--retry"));
    for (Process run : runs) {
      assertThat(run.onExit().get(300, TimeUnit.SECONDS).exitValue()).isZero();
    }
    assertThat(all()).hasSize(4).allMatch(it -> it.state() == State.READY);
    assertThat(recordings()).isEqualTo(4);
    assertThat(jibri.log().lines().filter(it -> it.contains("acknowledged"))).hasSize(4);
  }
}
