package dev.aftercall.fetch.web;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** One fetch: its connections, its redirects, its end. */
final class Fetch implements AutoCloseable {
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");
  private static final int LONGEST_URL = 8_192;

  private final CloseableHttpClient client;
  private final Access.Web access;
  private final FetchLimits limits;
  private final Watch watch;
  private final boolean anyType;

  /**
   * Owns the client from here on.
   *
   * @param anyType whether other answers are taken than media
   */
  Fetch(
      CloseableHttpClient client,
      Access.Web access,
      FetchLimits limits,
      ScheduledExecutorService timer,
      boolean anyType) {
    this.anyType = anyType;
    this.client = client;
    this.access = access;
    this.limits = limits;
    this.watch =
        new Watch(
            timer,
            limits.idle().compareTo(limits.firstByte()) < 0 ? limits.idle() : limits.firstByte(),
            limits.leastBytes(),
            System::nanoTime,
            () -> client.close(CloseMode.IMMEDIATE));
  }

  /** The file from {@code from} on, or from 0; empty if what came does not fit what is held. */
  Optional<Fetched> open(URI first, String named, long from, Optional<String> validator)
      throws FetchException {
    Set<URI> seen = new HashSet<>();
    URI at = first;
    for (int hop = 0; ; hop++) {
      HttpGet request = request(at, from, validator);
      if (!seen.add(at)) {
        throw new FetchException(
            Kind.BROKEN, named + " redirects in a circle. See what the recorder announces.");
      }
      String shown = hop == 0 ? named : named + " (sent on to " + Shown.of(at) + ")";
      ClassicHttpResponse response = send(request, at, shown);
      Optional<URI> next = next(at, response);
      if (next.isEmpty()) {
        return answer(response, shown, from, validator);
      }
      if (hop >= limits.redirects()) {
        throw new FetchException(
            Kind.BROKEN,
            named
                + " redirects more than "
                + limits.redirects()
                + " times. See what the recorder announces.");
      }
      request.abort(); // closing would read the rest, which may have no end
      Reach.checkRedirect(access, at, next.get());
      at = next.get();
    }
  }

  private HttpGet request(URI at, long from, Optional<String> validator) {
    HttpGet get = new HttpGet(at);
    get.setConfig(
        RequestConfig.custom()
            .setResponseTimeout(Timeout.of(longer(limits.idle(), limits.firstByte())))
            .setConnectionRequestTimeout(Timeout.of(limits.connect()))
            .setProtocolUpgradeEnabled(false)
            .build());
    get.setHeader("Accept-Encoding", "identity"); // ranges and sizes are those of the file
    if (from > 0 && validator.isPresent()) {
      get.setHeader("Range", "bytes=" + from + "-");
      get.setHeader("If-Range", validator.get());
    }
    if (Reach.trusted(access, at)) {
      access.credential().ifPresent(field -> get.setHeader(field.name(), field.value()));
    }
    return get;
  }

  private ClassicHttpResponse send(HttpGet get, URI at, String shown) throws FetchException {
    watch.patience(limits.connect().plus(limits.firstByte()));
    watch.begin();
    try {
      ClassicHttpResponse response =
          client.executeOpen(new HttpHost(at.getScheme(), at.getHost(), at.getPort()), get, null);
      watch.end(0);
      return response;
    } catch (IOException e) {
      watch.end(0);
      throw Failures.noAnswer(e, shown, at.getHost(), watch.over());
    } catch (RuntimeException e) { // a client that the watch closed says so in several ways
      watch.end(0);
      throw Failures.noAnswer(new IOException(e), shown, at.getHost(), watch.over());
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Optional<URI> next(URI at, ClassicHttpResponse response) throws FetchException {
    int status = response.getCode();
    boolean moved =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    Optional<String> location = Answers.field(response, "Location");
    if (!moved || location.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = location.get();
      URI next = text.length() > LONGEST_URL ? null : at.resolve(new URI(text));
      if (next != null && next.getHost() != null) {
        return Optional.of(next);
      }
    } catch (URISyntaxException e) {
      // Its message repeats what may be a secret.
    }
    throw new FetchException(
        Kind.BROKEN, Shown.of(at) + " redirects to what is no URL. It is tried again.");
  }

  private Optional<Fetched> answer(
      ClassicHttpResponse response, String shown, long from, Optional<String> validator)
      throws FetchException {
    int status = response.getCode();
    if (status == 416 && from > 0) {
      return Optional.empty();
    }
    if (status != 200 && status != 206) {
      watch.begin();
      FetchException failure = Failures.of(response, shown);
      watch.end(0);
      throw failure;
    }
    Optional<String> type = Answers.mediaType(response);
    if (!anyType && type.isPresent() && !Answers.taken(type.get())) {
      throw Failures.notMedia(shown, type.get());
    }
    Optional<String> coding = Answers.field(response, "Content-Encoding");
    if (coding.isPresent() && !coding.get().toLowerCase(Locale.ROOT).equals("identity")) {
      throw new FetchException(
          Kind.BROKEN, shown + " sends the file compressed, which was not asked for.");
    }
    Optional<String> found = Answers.validator(response);
    long start = 0;
    OptionalLong total;
    if (status == 206) {
      Matcher range =
          CONTENT_RANGE.matcher(Answers.field(response, "Content-Range").orElse("").strip());
      // A server may send a part of another version, against RFC 9110, 13.1.5.
      if (from == 0
          || !range.matches()
          || Long.parseLong(range.group(1)) != from
          || !found.equals(validator)) {
        return Optional.empty();
      }
      start = from;
      total =
          range.group(3).equals("*")
              ? OptionalLong.empty()
              : OptionalLong.of(Long.parseLong(range.group(3)));
    } else {
      long length = response.getEntity() == null ? 0 : response.getEntity().getContentLength();
      total = length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }
    if (total.isPresent() && total.getAsLong() > limits.maximum()) {
      throw Failures.tooLarge(shown, limits.maximum());
    }
    watch.patience(limits.idle());
    return Optional.of(
        new Fetched(
            new WatchedBody(
                body(response, shown), watch, this, shown, start, total, limits.maximum()),
            start,
            total,
            found,
            type));
  }

  private static InputStream body(ClassicHttpResponse response, String shown)
      throws FetchException {
    try {
      return response.getEntity() == null
          ? InputStream.nullInputStream()
          : response.getEntity().getContent();
    } catch (IOException e) {
      throw Failures.noAnswer(e, shown, shown, false);
    }
  }

  @Override
  public void close() {
    watch.close();
    client.close(CloseMode.IMMEDIATE);
  }
}
