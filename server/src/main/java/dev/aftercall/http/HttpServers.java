package dev.aftercall.http;

import dev.aftercall.http.openapi.OpenApi;
import dev.aftercall.identity.Authenticator;
import dev.aftercall.metrics.RequestCounter;
import dev.aftercall.throttle.Throttle;
import dev.aftercall.time.Ids;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens: plain HTTP and HTTPS side by side, on as many event loops as there are processors. */
public final class HttpServers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServers.class);

  private final Vertx vertx;
  private final ExecutorService threads;
  private final Optional<Integer> httpPort;
  private final Optional<Integer> httpsPort;

  private HttpServers(
      Vertx vertx, ExecutorService threads, Optional<Integer> http, Optional<Integer> https) {
    this.vertx = vertx;
    this.threads = threads;
    this.httpPort = http;
    this.httpsPort = https;
  }

  /**
   * Starts to listen; when this returns, requests are answered.
   *
   * @param authorizationUri what a 401 names as the place to get tokens; empty for our own address
   * @param requests counts them
   * @throws IllegalStateException when an address cannot be bound, with its cause in words
   */
  public static HttpServers start(
      HttpSettings settings,
      List<Route> routes,
      Authenticator authenticator,
      Throttle throttle,
      Optional<String> authorizationUri,
      RequestCounter requests,
      Ids ids,
      InstantSource clock) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                // epoll; where its library is not for this platform, the JDK's transport.
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    ErrorRenderer errors = new ErrorRenderer(clock);
    RequestIds names = new RequestIds(ids, clock);
    Function<List<Route>, Pipeline> pipelineTo =
        known ->
            new Pipeline(
                new Router(known),
                authenticator::authenticate,
                throttle,
                new Challenge(authorizationUri),
                errors,
                requests);
    // What a batch holds goes the way of all requests, but for the one to another batch.
    Batch batch =
        new Batch(
            pipelineTo.apply(routes)::answer,
            new BatchContent(settings.redirectLifetime()),
            errors,
            threads,
            names,
            BatchMemory.ofThisMachine(),
            settings.limits().idle());
    Pipeline pipeline =
        pipelineTo.apply(
            OpenApi.describing(Stream.concat(routes.stream(), Stream.of(batch.route())).toList()));
    Exchange exchange =
        new Exchange(
            vertx,
            pipeline,
            new ContentDelivery(new RemoteContent(vertx), settings.redirectLifetime()),
            errors,
            new PublicAddress(settings.publicUrl(), settings.trustedProxies()),
            settings.limits().inFlight(),
            threads,
            names,
            clock);
    try {
      Listening listening = new Listening(vertx, exchange);
      Optional<Integer> http =
          settings.http().map(port -> listening.start(options(settings, shared(port, -1))));
      Optional<Integer> https =
          settings
              .https()
              .map(tls -> listening.start(secured(options(settings, shared(tls.port(), -2)), tls)));
      return new HttpServers(vertx, threads, http, https);
    } catch (RuntimeException e) {
      vertx.close();
      threads.close();
      throw e;
    }
  }

  /** Vert.x takes 0 as another free port for each event loop, a negative one as one for all. */
  private static int shared(int port, int anyFree) {
    return port == 0 ? anyFree : port;
  }

  private static HttpServerOptions options(HttpSettings settings, int port) {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(port)
        .setMaxHeaderSize(settings.limits().headerBytes())
        .setMaxInitialLineLength(settings.limits().headerBytes())
        .setIdleTimeout((int) settings.limits().idle().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        // A body comes as it was read, not in pieces of 8 KiB that each go the whole way.
        .setMaxChunkSize(RequestBody.READING)
        // The JDK's client sends Upgrade: h2c with every request; it is to be ignored.
        .setHttp2ClearTextEnabled(false)
        .setUseAlpn(false)
        .setDecompressionSupported(false)
        .setCompressionSupported(false);
  }

  private static HttpServerOptions secured(HttpServerOptions options, HttpSettings.Https tls) {
    // Vert.x puts the key into a store in memory, under a password in its own source, and takes it
    // out again: stretching that password four times was a fifth of all work before the first
    // answer.
    System.setProperty("keystore.pkcs12.keyPbeIterationCount", "1");
    options
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString()))
        .removeEnabledSecureTransportProtocol("TLSv1")
        .removeEnabledSecureTransportProtocol("TLSv1.1")
        .addEnabledSecureTransportProtocol("TLSv1.3");
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    } else {
      LOG.info(
          "No BoringSSL for this platform; TLS by the JDK, which costs more for small ranges.");
    }
    return options;
  }

  /** The port of plain HTTP, once listening. */
  public Optional<Integer> httpPort() {
    return httpPort;
  }

  /** The port of HTTPS, once listening. */
  public Optional<Integer> httpsPort() {
    return httpsPort;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    threads.shutdownNow();
  }
}
