package dev.aftercall.fetch.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.HostPattern;
import dev.aftercall.fetch.Location;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.WebhookReceiver;
import dev.aftercall.testing.WebhookReceiver.Behaviour;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against servers that do right, wrong, and worse. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebFetcherTest {
  private static final AddressRules THIS_MACHINE = new AddressRules(any -> false, true);
  private static final FetchLimits USUAL = FetchLimits.usual(1 << 20);
  private static final FetchLimits HASTY =
      new FetchLimits(
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(400),
          4_096,
          5,
          1 << 20);

  /** A label has 63 characters at most, so no name server is asked. */
  private static final String NO_NAME = "x".repeat(64) + ".example.org";

  private static final byte[] FILE = bytes(300_000, 1);

  private final WebhookReceiver recorder = new WebhookReceiver();
  private final WebhookReceiver other = new WebhookReceiver();

  @AfterEach
  void close() {
    recorder.close();
    other.close();
  }

  private static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static HostPattern host(WebhookReceiver server) {
    return HostPattern.parse(URI.create(server.url("/")).getAuthority());
  }

  private Access.Web access(AddressRules rules) {
    return new Access.Web(
        List.of(host(recorder)),
        List.of(),
        rules,
        true,
        Optional.of(Access.Credential.bearer("s3cret-token")),
        Optional.of("sig=s3cret-query"));
  }

  private Access.Web withRedirectsTo(HostPattern... hosts) {
    var access = access(THIS_MACHINE);
    return new Access.Web(
        access.hosts(), List.of(hosts), THIS_MACHINE, true, access.credential(), access.query());
  }

  private Location file() {
    return new Location.Web(URI.create(recorder.url("/rec/a.mp4")));
  }

  private static byte[] all(Fetched fetched) throws IOException {
    try (fetched) {
      return fetched.bytes().readAllBytes();
    }
  }

  /** Fails, and tells no secret in doing so, nor do its causes. */
  private static FetchException failure(Access.Web access, FetchLimits limits, Location at) {
    FetchException failure =
        catchThrowableOfType(
            FetchException.class,
            () -> {
              try (var fetcher = new WebFetcher(access, limits);
                  var fetched = fetcher.open(at, 0, Optional.empty())) {
                fetched.bytes().readAllBytes();
              }
            });
    assertThat(failure).isNotNull();
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("s3cret");
    assertThat(failure.getMessage()).endsWith(".");
    return failure;
  }

  private FetchException failure(Behaviour behaviour) {
    recorder.answering(behaviour);
    return failure(access(THIS_MACHINE), USUAL, file());
  }

  @Test
  void fetchesAFile() throws IOException {
    recorder.answering(Served.file(FILE, "\"v1\""));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL);
        var fetched = fetcher.open(file(), 0, Optional.empty())) {
      assertThat(fetched.from()).isZero();
      assertThat(fetched.total()).hasValue(FILE.length);
      assertThat(fetched.validator()).hasValue("\"v1\"");
      assertThat(fetched.mediaType()).hasValue("video/mp4");
      assertThat(fetched.expecting(FILE.length).bytes().readAllBytes()).isEqualTo(FILE);
    }
    var asked = recorder.everything().getFirst();
    assertThat(asked.path()).isEqualTo("/rec/a.mp4?sig=s3cret-query");
    assertThat(asked.fields())
        .containsEntry("authorization", "Bearer s3cret-token")
        .containsEntry("accept-encoding", "identity")
        .doesNotContainKey("range");
  }

  @Test
  void goesOnWhereItBrokeOff() throws IOException {
    recorder.answering(Served.file(FILE, "\"v1\"").breakingAfter(100_000));
    byte[] held = new byte[100_000];
    Optional<String> validator;
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      try (var fetched = fetcher.open(file(), 0, Optional.empty())) {
        validator = fetched.validator();
        assertThat(fetched.bytes().readNBytes(held, 0, held.length)).isEqualTo(held.length);
        var broken =
            catchThrowableOfType(FetchException.class, () -> fetched.bytes().readAllBytes());
        assertThat(broken.kind()).isEqualTo(Kind.BROKEN);
        assertThat(broken.lasting()).isFalse();
        assertThat(broken).hasMessageContaining("100000 of 300000");
      }
      recorder.answering(Served.file(FILE, "\"v1\""));
      try (var fetched = fetcher.open(file(), held.length, validator)) {
        assertThat(fetched.from()).isEqualTo(held.length);
        assertThat(fetched.total()).hasValue(FILE.length);
        assertThat(fetched.bytes().readAllBytes())
            .isEqualTo(Arrays.copyOfRange(FILE, held.length, FILE.length));
      }
    }
    assertThat(recorder.everything().getLast().fields())
        .containsEntry("range", "bytes=100000-")
        .containsEntry("if-range", "\"v1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "IGNORES_RANGES", "IGNORES_IF_RANGE", "SAYS_NO_RANGE_FITS"})
  void beginsAnewWhenTheFileIsAnother(String fault) throws IOException {
    byte[] next = bytes(200_000, 2);
    recorder.answering(Served.file(next, "\"v2\"").with(Served.Fault.valueOf(fault)));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      var fetched = fetcher.open(file(), 100_000, Optional.of("\"v1\""));
      assertThat(fetched.from()).isZero();
      assertThat(fetched.validator()).hasValue("\"v2\"");
      assertThat(all(fetched)).isEqualTo(next);
    }
  }

  @Test
  void beginsAnewWithoutAValidator() throws IOException {
    recorder.answering(Served.file(FILE, "W/\"weak\""));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      var fetched = fetcher.open(file(), 10, Optional.empty());
      assertThat(fetched.validator()).isEmpty();
      assertThat(all(fetched)).isEqualTo(FILE);
    }
  }

  @ParameterizedTest
  @CsvSource({"03 Jan 2026 10:00:00, true", "03 Jan 2026 10:59:30, false"})
  void takesADateForAValidatorOnceItIsSettled(String modified, boolean settled) throws IOException {
    recorder.answering(
        Served.head(
            "200 OK",
            "Date: Sat, 03 Jan 2026 11:00:00 GMT",
            "Last-Modified: Sat, " + modified + " GMT",
            "Content-Length: 0"));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL);
        var fetched = fetcher.open(file(), 0, Optional.empty())) {
      assertThat(fetched.validator().isPresent()).isEqualTo(settled);
    }
  }

  @Test
  void asksNoHostThatIsNotListed() {
    for (String url :
        List.of(
            other.url("/a.mp4"),
            other.url("/a.mp4").replace("http:", "https:"),
            recorder.url("/a.mp4").replace("127.0.0.1", "127.0.0.2"),
            recorder.url("/a.mp4").replace("//", "//user:s3cret@"),
            "http://127.0.0.1/a.mp4",
            "ftp://127.0.0.1/a.mp4",
            "mailto:someone@example.org")) {
      var failure = failure(access(THIS_MACHINE), USUAL, new Location.Web(URI.create(url)));
      assertThat(failure.kind()).as(url).isEqualTo(Kind.FORBIDDEN_ADDRESS);
      assertThat(failure.lasting()).isTrue();
    }
    assertThat(recorder.everything()).isEmpty();
    assertThat(other.everything()).isEmpty();
  }

  @Test
  void asksNothingInPlainTextUnlessItMay() {
    var access =
        new Access.Web(
            List.of(host(recorder)),
            List.of(),
            THIS_MACHINE,
            false,
            Optional.empty(),
            Optional.empty());
    assertThat(failure(access, USUAL, file()))
        .hasMessageContaining("plain http")
        .extracting(FetchException::kind)
        .isEqualTo(Kind.FORBIDDEN_ADDRESS);
    assertThat(recorder.everything()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0x7f.1", "2130706433"})
  void callsNoPrivateAddressHoweverItIsNamed(String name) {
    URI url = URI.create(recorder.url("/a.mp4").replace("127.0.0.1", name));
    if (url.getHost() == null) {
      return; // what is no host to the parser goes nowhere either
    }
    var access =
        new Access.Web(
            List.of(new HostPattern(url.getHost(), false, url.getPort())),
            List.of(),
            new AddressRules(any -> false, false),
            true,
            Optional.empty(),
            Optional.empty());
    var failure = failure(access, USUAL, new Location.Web(url));
    assertThat(failure.kind()).isIn(Kind.FORBIDDEN_ADDRESS, Kind.BROKEN);
    assertThat(recorder.everything()).isEmpty();
  }

  @Test
  void callsAPrivateAddressThatTheOperatorAllows() throws IOException {
    recorder.answering(Served.file(FILE, "\"v1\""));
    try (var fetcher =
        new WebFetcher(access(new AddressRules(InetAddress::isLoopbackAddress, false)), USUAL)) {
      assertThat(all(fetcher.open(file(), 0, Optional.empty()))).isEqualTo(FILE);
    }
  }

  @Test
  void looksANameUpOnceAFetch() throws IOException {
    var asked = new AtomicInteger();
    DnsResolver rebinding =
        new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) {
            return new InetAddress[] {
              InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? "192.0.2.1" : "127.0.0.1")
            };
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        };
    var pinned = new PinnedDns(rebinding);
    assertThat(pinned.resolve("a.example.org")).isEqualTo(pinned.resolve("a.example.org"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void followsToListedHostsAndTakesNoCredentialAlong() throws IOException {
    other.answering(Served.file(FILE, "\"v1\""));
    recorder.answering(
        Served.head("302 Over there", "Location: " + other.url("/b?x=1"), "Content-Length: 0"));
    try (var fetcher = new WebFetcher(withRedirectsTo(host(other)), USUAL)) {
      assertThat(all(fetcher.open(file(), 0, Optional.empty()))).isEqualTo(FILE);
    }
    var asked = other.everything().getFirst();
    assertThat(asked.path()).isEqualTo("/b?x=1");
    assertThat(asked.fields()).doesNotContainKeys("authorization", "cookie", "referer");
    // An announcement may not name what is only redirected to.
    assertThat(
            failure(
                    withRedirectsTo(host(other)),
                    USUAL,
                    new Location.Web(URI.create(other.url("/b"))))
                .kind())
        .isEqualTo(Kind.FORBIDDEN_ADDRESS);
  }

  @Test
  void keepsTheCredentialOnTheSameHost() throws IOException {
    recorder.answering(
        (request, connection, closed) -> {
          var next =
              request.path().startsWith("/rec/")
                  ? Served.head("307 Next", "Location: ../b.mp4", "Content-Length: 0")
                  : Served.file(FILE, "\"v1\"");
          next.answer(request, connection, closed);
        });
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      assertThat(all(fetcher.open(file(), 0, Optional.empty()))).isEqualTo(FILE);
    }
    assertThat(recorder.everything().getLast().path()).isEqualTo("/b.mp4");
    assertThat(recorder.everything().getLast().fields()).containsKey("authorization");
  }

  @Test
  void followsToNoOtherHost() {
    var failure =
        failure(
            Served.head("302 There", "Location: " + other.url("/?s3cret"), "Content-Length: 0"));
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
    assertThat(failure.lasting()).isTrue();
    assertThat(other.everything()).isEmpty();
  }

  @Test
  void followsToNoPrivateAddressEvenOfAListedHost() {
    var first = InetAddress.ofLiteral("127.0.0.1");
    URI inside = URI.create(other.url("/").replace("127.0.0.1", "127.0.0.2"));
    recorder.answering(Served.head("302 There", "Location: " + inside, "Content-Length: 0"));
    var access =
        new Access.Web(
            List.of(host(recorder)),
            List.of(HostPattern.parse(inside.getAuthority())),
            new AddressRules(first::equals, false),
            true,
            Optional.empty(),
            Optional.empty());
    var failure = failure(access, USUAL, file());
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
    assertThat(failure).hasMessageContaining("public address");
  }

  @Test
  void goesInNoCircleAndNotOnForEver() {
    assertThat(failure(Served.head("302 Here", "Location: /rec/a.mp4?sig=s3cret-query")))
        .hasMessageContaining("circle");
    var count = new AtomicInteger();
    int before = recorder.everything().size();
    assertThat(
            failure(
                (request, connection, closed) ->
                    Served.head(
                            "302 On", "Location: /" + count.incrementAndGet(), "Content-Length: 0")
                        .answer(request, connection, closed)))
        .hasMessageContaining("more than 5 times");
    assertThat(recorder.everything()).hasSize(before + 6);
    assertThat(failure(Served.head("302 On", "Location: http://", "Content-Length: 0")).kind())
        .isEqualTo(Kind.BROKEN);
    assertThat(failure(Served.head("302 On", "Content-Length: 0")).kind()).isEqualTo(Kind.BROKEN);
  }

  @Test
  void readsNoBodyOfARedirect() {
    var count = new AtomicInteger();
    var failure =
        failure(
            (request, connection, closed) ->
                Served.endless(
                        "302 On",
                        new byte[8_192],
                        "Location: /" + count.incrementAndGet(),
                        "Content-Length: 9000000000000")
                    .answer(request, connection, closed));
    assertThat(failure).hasMessageContaining("more than 5 times");
  }

  @Test
  void takesWhatAnApiAnswersAndAppendsNothingToItsAddress() throws IOException {
    recorder.answering(Behaviour.text(200, "text/xml", "<response/>"));
    var api = new Location.Api(URI.create(recorder.url("/api/list?checksum=s3cret")));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      assertThat(all(fetcher.open(api, 0, Optional.empty())))
          .isEqualTo("<response/>".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(recorder.everything().getLast().path()).isEqualTo("/api/list?checksum=s3cret");
    assertThat(api).hasToString(recorder.url("/api/list"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html; charset=utf-8", "TEXT/HTML", "application/json", "image/png"})
  void takesNoPageForMedia(String type) {
    var failure = failure(Behaviour.text(200, type, "<html>Please log in</html>"));
    assertThat(failure.kind()).isEqualTo(Kind.NOT_MEDIA);
    assertThat(failure).hasMessageContaining("log in").hasMessageContaining("credential");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "video/webm",
        "audio/mp4",
        "application/octet-stream",
        "binary/octet-stream",
        "application/mp4",
        "text/vtt;charset=utf-8",
        "application/x-subrip",
        "application/x-tar"
      })
  void takesWhatRecordersSend(String type) throws IOException {
    recorder.answering(Behaviour.text(200, type, "bytes"));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      assertThat(all(fetcher.open(file(), 0, Optional.empty())))
          .isEqualTo("bytes".getBytes(StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, REFUSED, false",
    "403, REFUSED, false",
    "404, GONE, false",
    "410, GONE, true",
    "429, BUSY, false",
    "503, BUSY, false",
    "500, BROKEN, false",
    "502, BROKEN, false",
    "204, BROKEN, false",
    "400, BROKEN, false",
    "206, BROKEN, false",
  })
  void saysWhatTheAnswerMeans(int status, Kind kind, boolean lasting) {
    var failure = failure(Behaviour.status(status));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.lasting()).isEqualTo(lasting);
    assertThat(failure.retryAfter()).isEmpty();
    assertThat(failure).hasMessageContaining(recorder.url("/rec/a.mp4"));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 120, PT2M",
    "503, 999999999, PT24H",
    "503, 'Sat, 03 Jan 2026 11:10:00 GMT', PT10M",
    "503, 'Sat, 03 Jan 2026 10:00:00 GMT', ",
    "429, soon, ",
  })
  void hearsHowLongToWait(int status, String field, String pause) {
    var failure =
        failure(
            Behaviour.status(
                status, "Retry-After: " + field, "Date: Sat, 03 Jan 2026 11:00:00 GMT"));
    assertThat(failure.kind()).isEqualTo(Kind.BUSY);
    assertThat(failure.retryAfter()).isEqualTo(Optional.ofNullable(pause).map(Duration::parse));
  }

  @Test
  void repeatsTheCodeOfAnObjectStore() {
    assertThat(
            failure(
                Behaviour.text(
                    403,
                    "application/xml",
                    "<Error><Code>AuthenticationFailed</Code><Message>s3cret</Message></Error>")))
        .hasMessageContaining("403 AuthenticationFailed");
  }

  @Test
  void endsWhatIsTooLarge() {
    assertThat(failure(Served.stalling("200 OK", "Content-Length: 1048577")).kind())
        .isEqualTo(Kind.TOO_LARGE);
    assertThat(failure(Served.stalling("200 OK", "Content-Length: 9223372036854775807")).kind())
        .isEqualTo(Kind.TOO_LARGE);
    byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    var failure = failure(Served.endless("200 OK", chunk, "Transfer-Encoding: chunked"));
    assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(failure.lasting()).isTrue();
  }

  @Test
  void closesWithoutReadingTheRest() throws IOException {
    recorder.answering(Served.endless("200 OK", new byte[8_192], "Content-Length: 9000000000000"));
    var limits = FetchLimits.usual(Long.MAX_VALUE);
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), limits);
        var fetched = fetcher.open(file(), 0, Optional.empty())) {
      assertThat(fetched.bytes().readNBytes(100_000)).hasSize(100_000);
    }
  }

  @Test
  void holdsTheFileToWhatWasAnnounced() throws IOException {
    recorder.answering(Served.file(FILE, "\"v1\""));
    try (var fetcher = new WebFetcher(access(THIS_MACHINE), USUAL)) {
      var fetched = fetcher.open(file(), 0, Optional.empty());
      assertThatThrownBy(() -> fetched.expecting(5))
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("announced 5 bytes and the file has 300000");
      recorder.answering(
          (request, connection, closed) -> {
            Served.head("200 OK", "Connection: close").answer(request, connection, closed);
            connection.getOutputStream().write(FILE);
            connection.close();
          });
      for (int size : new int[] {FILE.length - 1, FILE.length, FILE.length + 1}) {
        try (var open = fetcher.open(file(), 0, Optional.empty())) {
          assertThat(open.total()).isEqualTo(OptionalLong.empty());
          var expecting = open.expecting(size);
          if (size == FILE.length) {
            assertThat(expecting.bytes().readAllBytes()).isEqualTo(FILE);
          } else {
            assertThatThrownBy(() -> expecting.bytes().readAllBytes())
                .isInstanceOf(FetchException.class);
          }
        }
      }
    }
  }

  @Test
  void waitsForNothingLongerThanAgreed() {
    byte[] drip = {'x'};
    List<Behaviour> slow =
        List.of(
            Behaviour.hanging(),
            Behaviour.dripping(),
            Served.stalling("200 OK", "Content-Length: 1000"),
            (request, connection, closed) -> {
              Served.head("200 OK", "Content-Length: 1000").answer(request, connection, closed);
              while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                connection.getOutputStream().write(drip);
              }
            },
            (request, connection, closed) -> { // within a chunk's head, where no read returns
              Served.head("200 OK", "Transfer-Encoding: chunked")
                  .answer(request, connection, closed);
              while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                connection.getOutputStream().write('0');
              }
            },
            (request, connection, closed) -> {
              Served.head("500 No", "Content-Type: text/xml", "Content-Length: 1000")
                  .answer(request, connection, closed);
              while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                connection.getOutputStream().write(drip);
              }
            });
    for (Behaviour behaviour : slow) {
      recorder.answering(behaviour);
      var failure = failure(access(THIS_MACHINE), HASTY, file());
      assertThat(failure.kind()).isEqualTo(Kind.BROKEN);
      assertThat(failure.lasting()).isFalse();
    }
  }

  @Test
  void blamesNobodyForASlowReader() {
    var now = new AtomicLong();
    var timer = new ScheduledThreadPoolExecutor(1);
    try (timer;
        var watch = new Watch(timer, Duration.ofHours(1), 100, now::get, () -> {})) {
      watch.patience(Duration.ofSeconds(1));
      LongConsumer waiting =
          millis -> {
            watch.begin();
            now.addAndGet(millis * 1_000_000);
          };
      waiting.accept(600);
      watch.end(99);
      now.addAndGet(60_000_000_000L); // our own disk
      assertThat(watch.over()).isFalse();
      waiting.accept(300);
      watch.end(1); // a hundred bytes: it goes on well
      waiting.accept(900);
      watch.end(99);
      assertThat(watch.over()).isFalse();
      waiting.accept(200);
      watch.end(0);
      assertThat(watch.over()).isTrue();
      timer.shutdownNow();
    }
  }

  @Test
  void readsNoHeadWithoutEnd() {
    String[] many = new String[200];
    Arrays.setAll(many, i -> "X-" + i + ": 1");
    assertThat(failure(Served.head("200 OK", many)).kind()).isEqualTo(Kind.BROKEN);
    assertThat(failure(Served.head("200 OK", "X: " + "x".repeat(1 << 20))).kind())
        .isEqualTo(Kind.BROKEN);
    assertThat(failure(Behaviour.resetting()).kind()).isEqualTo(Kind.BROKEN);
    assertThat(failure(Served.head("200 OK", "Content-Encoding: gzip", "Content-Length: 0")))
        .hasMessageContaining("compressed");
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var access =
        new Access.Web(
            List.of(HostPattern.parse("127.0.0.1:" + port), HostPattern.parse(NO_NAME)),
            List.of(),
            THIS_MACHINE,
            true,
            Optional.empty(),
            Optional.empty());
    assertThat(
            failure(access, USUAL, new Location.Web(URI.create("http://127.0.0.1:" + port + "/a"))))
        .hasMessageContaining("takes no connection");
    assertThat(failure(access, USUAL, new Location.Web(URI.create("https://" + NO_NAME + "/a"))))
        .hasMessageContaining("is not known");
  }

  @Test
  void showsNoSecret() {
    assertThat(access(THIS_MACHINE).toString()).doesNotContain("s3cret").contains("***");
    assertThatThrownBy(() -> new Access.Credential("X-Key", "a\r\nHost: b"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
