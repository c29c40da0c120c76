package dev.aftercall.http;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens at one port of every address that a host stands for, on as many event loops as there are
 * processors. {@code localhost} stands for both loopback addresses (RFC 6761, 6.3): clients try
 * either, and whoever else listened at the other one would get their tokens.
 */
final class Listening {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";

  /** How often a port that is free at one address may be taken at the other. */
  private static final int TRIES = 20;

  private final Vertx vertx;
  private final Exchange exchange;

  Listening(Vertx vertx, Exchange exchange) {
    this.vertx = vertx;
    this.exchange = exchange;
  }

  /** The addresses of a host, as the machine has them. */
  static List<String> addresses(String host) {
    if (!host.equalsIgnoreCase("localhost")) {
      return List.of(host);
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral(IPV6))) {
      LOG.trace("{} can be bound", probe);
      return List.of(IPV4, IPV6);
    } catch (IOException e) {
      LOG.debug("Listening at {} alone, because {} cannot be bound", IPV4, IPV6, e);
      return List.of(IPV4);
    }
  }

  /**
   * Listens; when this returns, requests are answered.
   *
   * @param options its port is negative for any free one, shared by all event loops
   * @return the port
   * @throws IllegalStateException when an address cannot be bound, with its cause in words
   */
  int start(HttpServerOptions options) {
    List<String> addresses = addresses(options.getHost());
    for (int tries = 1; ; tries++) {
      List<String> deployed = new ArrayList<>();
      HttpServerOptions next = new HttpServerOptions(options);
      try {
        for (String address : addresses) {
          next.setPort(listen(next.setHost(address), deployed));
        }
        return next.getPort();
      } catch (CompletionException e) {
        deployed.forEach(id -> await(vertx.undeploy(id)));
        boolean chosen = options.getPort() >= 0 || deployed.isEmpty();
        if (chosen || tries == TRIES) {
          throw refused(next, e);
        }
      }
    }
  }

  private int listen(HttpServerOptions options, List<String> deployed) {
    AtomicInteger port = new AtomicInteger();
    HttpServerOptions own = new HttpServerOptions(options);
    deployed.add(
        await(
            vertx.deployVerticle(
                () -> new Listener(own, exchange, port),
                new DeploymentOptions()
                    .setInstances(Math.max(1, Runtime.getRuntime().availableProcessors())))));
    return port.get();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static IllegalStateException refused(HttpServerOptions options, CompletionException e) {
    Throwable cause = e.getCause() != null ? e.getCause() : e;
    return new IllegalStateException(
        "Cannot listen at "
            + options.getHost()
            + ":"
            + options.getPort()
            + " ("
            + cause.getMessage()
            + "). Choose another port, or 0 for any free one.",
        cause);
  }

  private static final class Listener extends AbstractVerticle {
    private final HttpServerOptions options;
    private final Exchange exchange;
    private final AtomicInteger port;

    Listener(HttpServerOptions options, Exchange exchange, AtomicInteger port) {
      this.options = options;
      this.exchange = exchange;
      this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
      HttpServer server = vertx.createHttpServer(options);
      server
          .requestHandler(exchange::accept)
          .invalidRequestHandler(exchange::refuse)
          .exceptionHandler(e -> LOG.debug("A connection failed", e))
          .listen()
          .<Void>map(
              listening -> {
                port.set(listening.actualPort());
                return null;
              })
          .onComplete(started);
    }
  }
}
