package dev.aftercall.http;

import dev.aftercall.config.CidrRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where and how the server listens.
 *
 * @param host address to bind
 * @param http port for plain HTTP, 0 for any free one; empty for none
 * @param https port and certificate; empty for none
 * @param publicUrl scheme and authority for links, when it is not to follow the request
 * @param trustedProxies address ranges whose Forwarded fields are believed
 * @param limits bounds on every request
 * @param redirectLifetime how long a presigned URL that a client is sent to may be used
 */
public record HttpSettings(
    String host,
    Optional<Integer> http,
    Optional<Https> https,
    Optional<String> publicUrl,
    List<CidrRange> trustedProxies,
    Limits limits,
    Duration redirectLifetime) {

  /** Port and PEM files of HTTPS. */
  public record Https(int port, Path certificate, Path key) {}

  /**
   * Bounds on what clients may ask of us.
   *
   * @param headerBytes of one request's header fields
   * @param inFlight requests worked on at one time; one more is told to come back
   * @param idle how long a connection may neither send nor take a byte
   */
  public record Limits(int headerBytes, int inFlight, Duration idle) {
    /** The defaults of {@code start}. */
    public static final Limits DEFAULT = new Limits(16_384, 4_096, Duration.ofSeconds(60));
  }
}
