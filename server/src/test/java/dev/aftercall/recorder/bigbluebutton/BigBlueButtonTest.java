package dev.aftercall.recorder.bigbluebutton;

import static dev.aftercall.testing.BigBlueButtonServer.hash;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.arrival.ArrivalDesk;
import dev.aftercall.arrival.Sources;
import dev.aftercall.digest.Hmac;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.jdbc.JdbcTrash;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.retention.Removal;
import dev.aftercall.testing.BigBlueButtonServer;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.io.File;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a BigBlueButton server sends when a recording is published, and what becomes of it. */
final class BigBlueButtonTest {
  private static final String ID = "183f0bf3a0982a127bdb8161e0c44eb696b3e75c-1554230749920";
  private static final String LISTED =
      """
      <recordings><recording><recordID>%s</recordID><meetingID>weekly</meetingID>
        <internalMeetingID>%s</internalMeetingID><name>Weekly</name><isBreakout>false</isBreakout>
        <published>true</published><state>published</state>
        <startTime>1554230749920</startTime><endTime>1554234349920</endTime>
        <metadata><meetingName>Weekly</meetingName></metadata>
        <playback><format><type>presentation</type><url>https://x/</url><length>60</length></format>
        </playback></recording></recordings>"""
          .formatted(ID, ID);

  @TempDir Path folder;

  private final BigBlueButtonServer bbb;
  private TestServer server;

  BigBlueButtonTest() throws Exception {
    bbb = new BigBlueButtonServer();
  }

  @BeforeEach
  void start() {
    server = server(Optional.of(URI.create(bbb.url())), Optional.empty());
  }

  private TestServer server(Optional<URI> url, Optional<Access.Folder> shared) {
    Access.Web web =
        new Access.Web(
            List.of(HostPattern.parse(bbb.host())),
            List.of(),
            new AddressRules(address -> false, true),
            true,
            Optional.empty(),
            Optional.empty());
    Connection usual = Sources.of("bbb", RecorderType.BIGBLUEBUTTON);
    return new TestServer(
        TestSetup.source(
            new Connection(
                usual.source(),
                usual.type(),
                Optional.empty(),
                usual.secret(),
                ZoneOffset.UTC,
                url,
                new Access(Optional.of(web), Optional.empty(), shared),
                Inbox.DEFAULT,
                true)),
        TestSetup.rule(Sources.rule("all", "Weekly", TestServer.guid("Ada"))));
  }

  @AfterEach
  void stop() {
    server.close();
    bbb.close();
  }

  private static String metadata(String format) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <recording><id>%s</id><state>published</state><published>true</published>
         <start_time>1554230749920</start_time><end_time>1554234349920</end_time>
         <participants>4</participants>
         <meeting id="%s" externalId="weekly" name="Weekly" breakout="false"/>
         <meta><meetingId>weekly</meetingId><meetingName>Weekly</meetingName>
          <owner>ann</owner></meta>
         <breakoutRooms/>
         <playback><format>%s</format><link>
           https://bbb.example.org/playback/ </link><duration>105862</duration></playback>
        </recording>"""
        .formatted(ID, ID, format);
  }

  private HttpResponse<byte[]> hook(String body, Instant signed, String secret) {
    String time = String.valueOf(signed.getEpochSecond());
    return server.send(
        server
            .request("/intake/v1/sources/bbb", "")
            .header("X-Aftercall-Timestamp", time)
            .header("X-Aftercall-Signature", "sha256=" + Hmac.hex(secret, time + "." + body))
            .POST(BodyPublishers.ofString(body)));
  }

  private int hook(String format) {
    return hook(metadata(format), server.clock().instant(), Sources.SECRET).statusCode();
  }

  private HttpResponse<byte[]> webhook(String algorithm, String secret, String event) {
    return webhook(algorithm, secret, event, server.clock().instant());
  }

  private HttpResponse<byte[]> webhook(
      String algorithm, String secret, String event, Instant said) {
    String body =
        "domain=bbb.example.org&event="
            + URLEncoder.encode("[" + event + "]", StandardCharsets.UTF_8)
            + "&timestamp="
            + said.toEpochMilli();
    String url = "/intake/v1/sources/bbb";
    String checksum = hash(algorithm, server.base() + url + body + secret);
    return server.send(
        server
            .request(url + "?checksum=" + checksum, "")
            .header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String published(String workflow) {
    return """
        {"data":{"type":"event","id":"rap-publish-ended","attributes":{"meeting":{
         "internal-meeting-id":"%s","external-meeting-id":"weekly"},"record-id":"%s",
         "success":true,"step-time":1234,"workflow":"%s","recording":{"name":"Weekly",
         "is-breakout":"false","start-time":1554230749920,"end-time":1554234349920,"size":531235,
         "metadata":{"owner":"ann"},"playback":{"format":"%s","link":"https://x/","duration":1,
         "size":1},"download":null}},"event":{"ts":1554240000000}}}"""
        .formatted(ID, ID, workflow, workflow);
  }

  private HttpResponse<byte[]> ready(String algorithm, String mac, String secret) throws Exception {
    String signed =
        base64("{\"alg\":\"" + algorithm + "\"}")
            + "."
            + base64("{\"meeting_id\":\"weekly\",\"record_id\":\"" + ID + "\"}");
    String token = signed + "." + mac(mac, secret, signed);
    return server.send(
        server
            .request("/intake/v1/sources/bbb", "")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("signed_parameters=" + token)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String mac(String name, String secret, String text)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Arrival> arrivals() {
    return Sources.arrivals(server).stream()
        .sorted(Comparator.comparing(it -> it.announcement().sourceId()))
        .toList();
  }

  /** Waits until the arrivals have those ends, by source id; the clock goes on meanwhile. */
  private List<Arrival> ended(State... states) {
    Poll.until(
        "arrivals " + List.of(states),
        Duration.ofSeconds(90),
        () -> {
          server.clock().advance(Duration.ofSeconds(1));
          return arrivals().stream().map(Arrival::state).toList().equals(List.of(states));
        });
    return arrivals();
  }

  private int recordings() {
    return Sources.recordings(server);
  }

  private static byte[] film(int more) {
    return Media.mp4(Media.mp4().length + 100 + more);
  }

  @Test
  void theHookAnnouncesAVideo() {
    bbb.lists(LISTED);
    bbb.has("/playback/video/" + ID + "/video-0.m4v", film(1));
    assertThat(hook("video")).isEqualTo(200);
    Arrival arrival = ended(State.READY).getFirst();
    assertThat(arrival.announcement().sourceId()).isEqualTo(ID + "/video");
    assertThat(arrival.announcement().occasion().room()).isEqualTo("Weekly");
    assertThat(arrival.announcement().occasion().meeting()).isEqualTo(ID);
    assertThat(arrival.announcement().occasion().start())
        .isEqualTo(Ticks.of(Instant.ofEpochMilli(1554230749920L)));
    assertThat(arrival.announcement().file().name()).isEqualTo("Weekly.m4v");
    assertThat(arrival.envelope()).contains("\"owner\":\"ann\"");
  }

  @Test
  void webcamsAndScreensAreTwoRecordingsOfOneMeeting() {
    bbb.lists(LISTED);
    bbb.has("/presentation/" + ID + "/video/webcams.webm", film(1));
    bbb.has("/presentation/" + ID + "/deskshare/deskshare.mp4", film(2));
    assertThat(webhook("SHA-256", Sources.SECRET, published("presentation")).statusCode())
        .isEqualTo(200);
    List<Arrival> both = ended(State.READY, State.READY);
    assertThat(both)
        .extracting(it -> it.announcement().sourceId())
        .containsExactly(ID + "/deskshare", ID + "/presentation");
    assertThat(both)
        .extracting(it -> it.announcement().file().name())
        .containsExactly("Weekly (screen).mp4", "Weekly (webcams).webm");
    assertThat(server.arrivals().store().segments(both.getFirst())).hasSize(2);
  }

  @Test
  void aVideoIsTakenInPlaceOfWebcams() {
    bbb.lists(LISTED);
    bbb.has("/presentation/" + ID + "/video/webcams.webm", film(1));
    bbb.has("/playback/video/" + ID + "/video-0.mp4", film(2));
    assertThat(hook("presentation")).isEqualTo(200);
    List<Arrival> both = ended(State.REJECTED, State.READY);
    assertThat(both.getFirst().reason()).contains("video");
    assertThat(webhook("SHA-1", Sources.SECRET, published("video")).statusCode()).isEqualTo(200);
    assertThat(hook("video")).isEqualTo(200);
    assertThat(arrivals()).hasSize(2);
    assertThat(recordings()).isEqualTo(1);
  }

  @Test
  void theReadyCallbackIsFollowedUpUntilTheServerAnswers() throws Exception {
    bbb.breaks(true);
    assertThat(ready("HS256", "HmacSHA256", Sources.SECRET).statusCode()).isEqualTo(200);
    Poll.until(
        "a try that failed",
        Duration.ofSeconds(90),
        () -> arrivals().getFirst().attempts() > 0 && !bbb.asked().isEmpty());
    bbb.breaks(false);
    Poll.until(
        "a try before it is published",
        Duration.ofSeconds(90),
        () -> {
          server.clock().advance(Duration.ofMinutes(1));
          return arrivals().getFirst().reason().contains("where they are published");
        });
    bbb.lists(LISTED);
    bbb.has("/presentation/" + ID + "/video/webcams.mp4", film(1));
    Poll.until(
        "READY",
        Duration.ofSeconds(90),
        () -> {
          server.clock().advance(Duration.ofMinutes(1));
          return arrivals().getFirst().state() == State.READY;
        });
    assertThat(arrivals().getFirst().announcement().occasion().room()).isEqualTo("Weekly");
    assertThat(ready("HS512", "HmacSHA512", Sources.SECRET).statusCode()).isEqualTo(200);
    assertThat(arrivals()).hasSize(1);
  }

  @Test
  void withAFolderInCommonNobodyIsAsked() throws Exception {
    server.close();
    server = server(Optional.empty(), Optional.of(new Access.Folder(folder, Optional.empty())));
    Path video = folder.resolve("video/" + ID + "/video-0.m4v");
    Files.createDirectories(video.resolveSibling("."));
    Files.write(video, film(3));
    assertThat(hook("video")).isEqualTo(200);
    ended(State.READY);
    assertThat(bbb.asked()).isEmpty();
  }

  @Test
  void whoCannotProveItIsNotHeard() throws Exception {
    Instant now = server.clock().instant();
    assertThat(hook(metadata("video"), now, "wrong").statusCode()).isEqualTo(401);
    assertThat(
            hook(metadata("video"), now.minus(Duration.ofMinutes(6)), Sources.SECRET).statusCode())
        .isEqualTo(401);
    assertThat(webhook("SHA-256", "wrong", published("video")).statusCode()).isEqualTo(401);
    assertThat(webhook("MD5", Sources.SECRET, published("video")).statusCode()).isEqualTo(401);
    assertThat(ready("HS256", "HmacSHA256", "wrong").statusCode()).isEqualTo(401);
    assertThat(ready("none", "HmacSHA256", Sources.SECRET).statusCode()).isEqualTo(401);
    assertThat(
            server
                .send(
                    server
                        .request("/intake/v1/sources/bbb", "")
                        .POST(BodyPublishers.ofString("signed_parameters=a.b")))
                .statusCode())
        .isEqualTo(401);
    assertThat(
            server
                .send(
                    server
                        .request("/intake/v1/sources/bbb", "")
                        .POST(BodyPublishers.ofString("x=%zz")))
                .statusCode())
        .isEqualTo(400);
    assertThat(arrivals()).isEmpty();
  }

  @Test
  void otherEventsAreAnsweredAndAnnounceNothing() {
    for (String event :
        List.of(
            published("presentation").replace("rap-publish-ended", "rap-process-ended"),
            published("video").replace("\"success\":true", "\"success\":false"),
            published("podcast"),
            "{}",
            "7")) {
      assertThat(webhook("SHA-512", Sources.SECRET, event).statusCode()).isEqualTo(200);
    }
    assertThat(webhook("SHA-256", Sources.SECRET, "{").statusCode()).isEqualTo(400);
    assertThat(
            webhook("SHA-256", Sources.SECRET, published("video").replace(ID, "../../etc"))
                .statusCode())
        .isEqualTo(400);
    assertThat(arrivals()).isEmpty();
  }

  @Test
  void whatIsDeletedThereGoesToTheTrashWhereThatIsFollowed() {
    bbb.lists(LISTED);
    bbb.has("/presentation/" + ID + "/video/webcams.mp4", film(1));
    bbb.has("/presentation/" + ID + "/deskshare/deskshare.mp4", film(2));
    assertThat(hook("presentation")).isEqualTo(200);
    ended(State.READY, State.READY);
    String deleted = published("presentation").replace("rap-publish-ended", "rap-deleted");
    Instant stale = server.clock().instant().minus(Duration.ofDays(2));
    assertThat(webhook("SHA-256", "wrong", deleted).statusCode()).isEqualTo(401);
    assertThat(webhook("SHA-256", Sources.SECRET, deleted, stale).statusCode()).isEqualTo(200);
    assertThat(inTrash()).isZero();
    assertThat(webhook("SHA-256", Sources.SECRET, deleted).statusCode()).isEqualTo(200);
    assertThat(inTrash()).isEqualTo(2);
    assertThat(webhook("SHA-256", Sources.SECRET, deleted).statusCode()).isEqualTo(200);
    assertThat(inTrash()).isEqualTo(2);
  }

  @Test
  void whatIsPublishedThereAgainComesBack() {
    bbb.lists(LISTED);
    bbb.has("/presentation/" + ID + "/video/webcams.mp4", film(1));
    bbb.has("/presentation/" + ID + "/deskshare/deskshare.mp4", film(2));
    assertThat(hook("presentation")).isEqualTo(200);
    ended(State.READY, State.READY);
    String unpublished = published("presentation").replace("rap-publish-ended", "rap-unpublished");
    String again = published("presentation").replace("rap-publish-ended", "rap-published");
    for (String returns : List.of(again, published("presentation"))) {
      assertThat(webhook("SHA-256", Sources.SECRET, unpublished).statusCode()).isEqualTo(200);
      assertThat(inTrash()).isEqualTo(2);
      Instant stale = server.clock().instant().minus(Duration.ofDays(2));
      assertThat(webhook("SHA-256", Sources.SECRET, returns, stale).statusCode()).isEqualTo(200);
      assertThat(inTrash()).isEqualTo(2);
      assertThat(webhook("SHA-256", Sources.SECRET, returns).statusCode()).isEqualTo(200);
      assertThat(inTrash()).isZero();
      assertThat(webhook("SHA-256", Sources.SECRET, returns).statusCode()).isEqualTo(200);
      assertThat(inTrash()).isZero();
    }
    assertThat(arrivals()).hasSize(2);
  }

  @Test
  void whatSomebodyHereDeletedDoesNotComeBack() {
    bbb.lists(LISTED);
    bbb.has("/presentation/" + ID + "/video/webcams.mp4", film(1));
    assertThat(hook("presentation")).isEqualTo(200);
    ended(State.READY);
    UUID artifact = arrivals().getFirst().artifact().orElseThrow();
    Removal removal = Removal.deleted(Ticks.of(server.clock().instant()), "somebody");
    int _ = new JdbcTrash(server.database()).remove(TestServer.TENANT, Map.of(artifact, removal));
    String again = published("presentation").replace("rap-publish-ended", "rap-published");
    assertThat(webhook("SHA-256", Sources.SECRET, again).statusCode()).isEqualTo(200);
    assertThat(inTrash()).isEqualTo(1);
  }

  @Test
  void whatIsDeletedThereBeforeItCameIsNotFetched() {
    bbb.breaks(true);
    assertThat(hook("video")).isEqualTo(200);
    String gone = published("video").replace("rap-publish-ended", "rap-unpublished");
    Poll.until(
        "REJECTED",
        Duration.ofSeconds(90),
        () -> {
          assertThat(webhook("SHA-256", Sources.SECRET, gone).statusCode()).isEqualTo(200);
          return arrivals().getFirst().state() == State.REJECTED;
        });
  }

  /** Nobody's yet: what it waits for is that somebody says whose it is. */
  private void unassigned() {
    bbb.lists(LISTED.replace("Weekly", "Elsewhere"));
    bbb.has("/playback/video/" + ID + "/video-0.m4v", film(1));
    String xml = metadata("video").replace("Weekly", "Elsewhere");
    assertThat(hook(xml, server.clock().instant(), Sources.SECRET).statusCode()).isEqualTo(200);
    ended(State.UNASSIGNED);
  }

  private Path bytes(Arrival waiting) {
    return server.dataDir().resolve("spool").resolve(waiting.uploadId().orElseThrow());
  }

  private void tell(String event) {
    String said = published("video").replace("rap-publish-ended", event);
    assertThat(webhook("SHA-256", Sources.SECRET, said).statusCode()).isEqualTo(200);
  }

  @Test
  void whatWaitsUnassignedGoesAndComesBackAsItWas() throws Exception {
    unassigned();
    int asked = bbb.asked().size();
    for (String again : List.of("rap-published", "rap-publish-ended")) {
      tell("rap-unpublished");
      assertThat(arrivals()).extracting(Arrival::state).containsExactly(State.REJECTED);
      assertThat(arrivals().getFirst().reason()).contains("took it back");
      tell("rap-unpublished");
      tell(again);
      tell(again);
      ended(State.UNASSIGNED);
    }
    assertThat(bbb.asked()).as("nothing is fetched twice").hasSize(asked);
    ArrivalDesk desk = new ArrivalDesk(server.arrivals(), server.intake().custody());
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    members.put("organizer", TestServer.guid("Ada").toString());
    assertThat(desk.assign(arrivals().getFirst(), members).state()).isEqualTo(State.READY);
  }

  @Test
  void whatWasTakenBackLongAgoIsFetchedAgain() throws Exception {
    unassigned();
    int asked = bbb.asked().size();
    tell("rap-unpublished");
    Path bytes = bytes(arrivals().getFirst());
    assertThat(bytes).exists();
    server.withdrawals().tidy();
    assertThat(bytes).exists();
    server.clock().advance(Duration.ofDays(94));
    server.withdrawals().tidy();
    assertThat(bytes).doesNotExist();
    tell("rap-published");
    ended(State.UNASSIGNED);
    assertThat(bbb.asked()).hasSizeGreaterThan(asked);
  }

  @Test
  void whatIsJustBeingKeptIsTakenBackWhenThatIsSaidAgain() {
    unassigned();
    String gone = published("video").replace("rap-publish-ended", "rap-unpublished");
    upload("keeping");
    HttpResponse<byte[]> refused = webhook("SHA-256", Sources.SECRET, gone);
    upload("waiting");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("Say it again");
    assertThat(arrivals()).extracting(Arrival::state).containsExactly(State.UNASSIGNED);
    tell("rap-unpublished");
    assertThat(arrivals()).extracting(Arrival::state).containsExactly(State.REJECTED);
  }

  private void upload(String state) {
    int _ = server.database().write(handle -> handle.execute("update upload set state = ?", state));
  }

  @Test
  void whatAnAdministratorRejectedDoesNotComeBack() throws Exception {
    unassigned();
    tell("rap-unpublished");
    ArrivalDesk desk = new ArrivalDesk(server.arrivals(), server.intake().custody());
    Path bytes = bytes(arrivals().getFirst());
    Arrival _ = desk.reject(arrivals().getFirst(), "Nobody wants it.");
    assertThat(bytes).doesNotExist();
    tell("rap-published");
    assertThat(arrivals().getFirst().state()).isEqualTo(State.REJECTED);
    assertThat(arrivals().getFirst().reason()).isEqualTo("Nobody wants it.");
  }

  @Test
  void whatWasTakenBackBeforeItCameComesWhenItIsGivenAgain() {
    bbb.breaks(true);
    assertThat(hook("video")).isEqualTo(200);
    Poll.until(
        "a try that failed", Duration.ofSeconds(90), () -> arrivals().getFirst().attempts() > 0);
    tell("rap-unpublished");
    assertThat(arrivals().getFirst().state()).isEqualTo(State.REJECTED);
    bbb.breaks(false);
    bbb.lists(LISTED);
    bbb.has("/playback/video/" + ID + "/video-0.m4v", film(1));
    server.clock().advance(Duration.ofHours(2));
    tell("rap-published");
    ended(State.READY);
    assertThat(recordings()).isEqualTo(1);
  }

  private int inTrash() {
    return server
        .database()
        .read(
            handle ->
                handle
                    .createQuery("select count(*) from recording where removed = 1")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  void metadataThatCannotBeReadIsKeptAndReadsNothingElse() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cr3t");
    String outside =
        metadata("video")
            .replace(
                "<recording>",
                "<!DOCTYPE r [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><recording>")
            .replace("Weekly", "&e;");
    for (String xml :
        List.of(
            outside,
            metadata("video").substring(0, 200),
            "<a>".repeat(100),
            metadata("video").replace(ID, "../../etc"))) {
      assertThat(hook(xml, server.clock().instant(), Sources.SECRET).statusCode()).isEqualTo(200);
    }
    assertThat(arrivals()).hasSize(4).allMatch(it -> it.state() == State.REJECTED);
    assertThat(arrivals()).noneMatch(it -> it.toString().contains("s3cr3t"));
    assertThat(hook("x".repeat(2 << 20), server.clock().instant(), Sources.SECRET).statusCode())
        .isEqualTo(413);
  }

  @Test
  void aWrongSecretForTheApiIsSaid() {
    bbb.lists("<x>" + "y".repeat(5 << 20) + "</x>");
    assertThat(hook("video")).isEqualTo(200);
    Poll.until(
        "a reason",
        Duration.ofSeconds(90),
        () -> arrivals().getFirst().reason().contains("answered more than"));
  }

  @Test
  void theHooksScriptKeepsWhatItCouldNotSay() throws Exception {
    bbb.lists(LISTED);
    bbb.has("/playback/video/" + ID + "/video-0.m4v", film(1));
    Path published = folder.resolve("published/video/" + ID);
    Files.createDirectories(published);
    Files.writeString(published.resolve("metadata.xml"), metadata("video"));
    // Nobody listens there; then the server does.
    assertThat(run("http://127.0.0.1:9/", "-m", ID, "-f", "video")).isZero();
    Path spooled = folder.resolve("spool/" + ID + "-video.xml");
    assertThat(spooled).content().isEqualTo(metadata("video"));
    server.clock().set(Instant.now(java.time.Clock.systemUTC()));
    Poll.until(
        "the spool is empty",
        Duration.ofSeconds(90),
        () -> {
          int _ = run(server.base() + "/intake/v1/sources/bbb", "--deliver");
          return !Files.exists(spooled);
        });
    ended(State.READY);
    assertThat(run(server.base(), "-m", "../etc", "-f", "video")).isEqualTo(2);
  }

  private int run(String url, String... arguments) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of("sh", new File("../deploy/bigbluebutton/aftercall-bigbluebutton").getPath()));
    command.addAll(List.of(arguments));
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    process
        .environment()
        .putAll(
            java.util.Map.of(
                "AFTERCALL_CONF",
                "/nowhere",
                "AFTERCALL_URL",
                url,
                "AFTERCALL_SECRET",
                Sources.SECRET,
                "AFTERCALL_PUBLISHED",
                folder.resolve("published").toString(),
                "AFTERCALL_SPOOL",
                folder.resolve("spool").toString(),
                "AFTERCALL_LOG",
                folder.resolve("background").toString(),
                "AFTERCALL_TRIES",
                "1"));
    Process running = process.start();
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return running.exitValue();
  }
}
