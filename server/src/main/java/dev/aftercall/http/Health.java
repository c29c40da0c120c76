package dev.aftercall.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says whether the process lives and whether it can serve. */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Check check;
  private volatile boolean ready;

  /** Fails when what the server stands on is not there. */
  @FunctionalInterface
  public interface Check {
    /** Returns when all is well. */
    void run() throws Exception;
  }

  /** Not ready before {@link #open} is called. */
  public Health(Check check) {
    this.check = check;
  }

  /** From now on requests may come. */
  public void open() {
    ready = true;
  }

  /** The routes of this resource. */
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/health/live", Route.Admission.PUBLIC, request -> status(200, "UP")),
        Route.of("GET", "/health/ready", Route.Admission.PUBLIC, request -> readiness()));
  }

  private Answer readiness() {
    if (!ready) {
      return status(503, "STARTING");
    }
    try {
      check.run();
      return status(200, "UP");
    } catch (Exception e) {
      LOG.warn("Not ready: {}", e.getMessage());
      return status(503, "DOWN");
    }
  }

  private static Answer status(int status, String word) {
    byte[] body = ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8);
    return Answer.json(status, body).with("Cache-Control", "no-store");
  }
}
