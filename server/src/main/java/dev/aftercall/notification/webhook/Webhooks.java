package dev.aftercall.notification.webhook;

import dev.aftercall.notification.Endpoints;
import dev.aftercall.notification.Posting;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.outbound.CheckedDns;
import dev.aftercall.outbound.Sober;
import dev.aftercall.time.Ids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls addresses that strangers named: checked names alone, no redirect, no cookie, no proxy, and
 * an end to every wait. Of an answer the status counts; the body is read only to keep a connection,
 * and no further than a few bytes.
 */
public final class Webhooks implements Posting, Endpoints, AutoCloseable {
  private static final Duration VALIDATED_WITHIN = Duration.ofSeconds(10);
  private static final int MOST_CONNECTIONS = 2_048;
  private static final int MOST_OF_AN_ANSWER = 4_096;
  private static final int LONGEST_URL = 2_048;
  private static final String NOT_VALIDATED =
      "Subscription validation request failed. Notification endpoint must respond with 200 OK to"
          + " validation request.";

  private final AddressRules rules;
  private final Ids ids;
  private final CheckedDns dns;
  private final Supplier<TlsSocketStrategy> tls;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private @Nullable CloseableHttpClient client;

  /** Calls what the rules permit, with the certificates that the JVM trusts. */
  public Webhooks(AddressRules rules, Ids ids) {
    this(rules, ids, DefaultClientTlsStrategy::createDefault);
  }

  /** The same with other trust. */
  public Webhooks(AddressRules rules, Ids ids, SSLContext trust) {
    this(rules, ids, () -> new DefaultClientTlsStrategy(trust));
  }

  private Webhooks(AddressRules rules, Ids ids, Supplier<TlsSocketStrategy> tls) {
    this.rules = rules;
    this.ids = ids;
    this.dns = new CheckedDns(rules);
    this.tls = tls;
  }

  /** Made when there is something to tell: reading what to trust would hold up each start. */
  private synchronized CloseableHttpClient client() {
    if (client == null) {
      client = made();
    }
    return client;
  }

  private CloseableHttpClient made() {
    return Sober.client(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(dns)
                .setTlsSocketStrategy(tls.get())
                // One host that hangs shall not keep another waiting for a connection.
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(10))
                        .setSocketTimeout(Timeout.ofSeconds(10))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        // A name is looked up again after this at the latest.
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build())
                .build())
        .evictIdleConnections(TimeValue.ofSeconds(30))
        .build();
  }

  @Override
  public Reply post(String url, Map<String, String> fields, byte[] body, Duration patience)
      throws IOException {
    return send(url, fields, body, patience, (response, bytes) -> reply(response));
  }

  private static Reply reply(ClassicHttpResponse response) {
    return new Reply(
        response.getCode(),
        Optional.ofNullable(response.getFirstHeader("Retry-After")).map(Header::getValue));
  }

  /** Makes something of an answer. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(ClassicHttpResponse response, byte[] body);
  }

  private <T> T send(
      String url, Map<String, String> fields, byte[] body, Duration patience, Reading<T> reading)
      throws IOException {
    URI target = checked(url);
    HttpPost post = new HttpPost(target);
    post.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(patience))
            .setResponseTimeout(Timeout.of(patience))
            .build());
    fields.forEach(post::setHeader);
    ContentType type =
        ContentType.parse(fields.getOrDefault("Content-Type", "application/octet-stream"));
    post.setEntity(new ByteArrayEntity(body, type));
    // Timeouts of sockets count silence: whoever drips a byte now and then would never end.
    ScheduledFuture<?> deadline =
        deadlines.schedule(
            () -> {
              post.abort();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    try (ClassicHttpResponse response =
        client()
            .executeOpen(
                new HttpHost(target.getScheme(), target.getHost(), target.getPort()), post, null)) {
      return reading.of(response, beginning(response.getEntity()));
    } catch (IOException | RuntimeException e) {
      if (!post.isAborted()) {
        throw e;
      }
      // The client says many things of a call that is ended under its hands.
      SocketTimeoutException late = new SocketTimeoutException("no answer in time");
      late.initCause(e);
      throw late;
    } finally {
      deadline.cancel(false);
    }
  }

  /** The first bytes; when all is read the connection serves again, else it is closed. */
  private static byte[] beginning(HttpEntity entity) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (entity == null) {
      return new byte[0];
    }
    try {
      InputStream in = entity.getContent();
      byte[] piece = new byte[1_024];
      int read = 0;
      while (bytes.size() < MOST_OF_AN_ANSWER && (read = in.read(piece)) >= 0) {
        bytes.write(piece, 0, read);
      }
      if (read < 0) {
        in.close();
      }
    } catch (IOException e) {
      // The status has come, and that is the answer.
    }
    return bytes.toByteArray();
  }

  private void permitted(String url) throws NotAnEndpoint {
    try {
      checked(url);
    } catch (IOException e) {
      throw new NotAnEndpoint(String.valueOf(e.getMessage()));
    }
  }

  private URI checked(String url) throws IOException {
    if (url.length() > LONGEST_URL) {
      throw new IOException("A notification URL is longer than " + LONGEST_URL + " characters.");
    }
    if (url.toLowerCase(Locale.ROOT).startsWith("eventhub:")) {
      throw new IOException(
          "Aftercall does not tell Event Hubs; give the https address of a webhook, which may pass"
              + " notifications on to one.");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IOException("A notification URL is no URL: '" + url + "'.", e);
    }
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean plain = scheme.equals("http") && rules.loopback() && onThisMachine(uri.getHost());
    if (!scheme.equals("https") && !plain) {
      throw new IOException("A notification URL must begin with https://.");
    }
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IOException(
          "A notification URL must name a host, and have neither user nor fragment.");
    }
    return uri;
  }

  private static boolean onThisMachine(String host) {
    return "localhost".equalsIgnoreCase(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
  }

  @Override
  public void validate(List<String> urls) throws NotAnEndpoint {
    for (String url : urls) {
      permitted(url);
    }
    List<Future<Boolean>> answers = new ArrayList<>();
    for (String url : urls) {
      answers.add(threads.submit(() -> repeats(url)));
    }
    for (Future<Boolean> answer : answers) {
      try {
        if (!answer.get()) {
          throw new NotAnEndpoint(NOT_VALIDATED);
        }
      } catch (ExecutionException e) {
        String why =
            e.getCause() instanceof CheckedDns.Forbidden forbidden
                ? " " + forbidden.getMessage() + "; see notifications.allowed-networks."
                : "";
        throw new NotAnEndpoint(NOT_VALIDATED + why);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new NotAnEndpoint(NOT_VALIDATED);
      }
    }
  }

  private boolean repeats(String url) throws IOException {
    Handshake handshake = ask(url);
    return handshake.status() == 200 && handshake.repeated();
  }

  /**
   * How an address answered when it was asked to repeat a token.
   *
   * @param repeated whether the token came back, as plain text
   */
  public record Handshake(int status, boolean repeated) {}

  /**
   * Asks an address to repeat a token, as it is asked when somebody subscribes.
   *
   * @throws IOException when there was no answer in time, or nothing may be sent there
   */
  public Handshake ask(String url) throws IOException {
    String token = "Validation: Testing client application reachability " + ids.secret();
    String asked =
        url
            + (url.indexOf('?') < 0 ? '?' : '&')
            + "validationToken="
            + URLEncoder.encode(token, StandardCharsets.UTF_8);
    return send(
        asked,
        Map.of("Content-Type", "text/plain; charset=utf-8"),
        new byte[0],
        VALIDATED_WITHIN,
        (response, body) ->
            new Handshake(
                response.getCode(),
                plainText(response) && new String(body, StandardCharsets.UTF_8).equals(token)));
  }

  private static boolean plainText(ClassicHttpResponse response) {
    Header type = response.getFirstHeader("Content-Type");
    return type != null && type.getValue().toLowerCase(Locale.ROOT).startsWith("text/plain");
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    threads.shutdownNow();
    dns.close();
    synchronized (this) {
      if (client != null) {
        client.close(CloseMode.IMMEDIATE);
      }
    }
  }
}
