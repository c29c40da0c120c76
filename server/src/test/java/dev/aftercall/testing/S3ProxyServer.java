package dev.aftercall.testing;

import dev.aftercall.content.s3.S3Location;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * An S3 server with one bucket that verifies signatures. {@link #start} gives S3Proxy in memory on
 * a free loopback port, or the server named by the system properties {@code
 * aftercall.test.s3.endpoint}, {@code .access-key}, {@code .secret-key}, {@code .bucket} (or
 * environment variables {@code AFTERCALL_TEST_S3_ENDPOINT} and so on), whose bucket must exist.
 */
public final class S3ProxyServer implements AutoCloseable {
  private static final String PROPERTIES = "aftercall.test.s3.";
  private static final String BUCKET = "recordings";
  private static final String ACCESS_KEY = "test-access-key";
  private static final String SECRET_KEY = "test-secret-key";

  /** Held, because java.util.logging forgets the level of a logger nobody holds. */
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("org.gaul"), Logger.getLogger("org.eclipse.jetty"));

  private final @Nullable S3Proxy proxy;
  private final URI endpoint;
  private final String accessKey;
  private final String secretKey;
  private final String bucket;

  private S3ProxyServer(
      @Nullable S3Proxy proxy, URI endpoint, String accessKey, String secretKey, String bucket) {
    this.proxy = proxy;
    this.endpoint = endpoint;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.bucket = bucket;
  }

  /** The server the tests of this run use. */
  public static S3ProxyServer start() {
    String endpoint = setting("endpoint");
    return endpoint == null
        ? start(new TransientNio2BlobStore())
        : new S3ProxyServer(
            null,
            URI.create(endpoint),
            required("access-key"),
            required("secret-key"),
            required("bucket"));
  }

  /** S3Proxy in front of a store of the test's own, for instance one that fails. */
  public static S3ProxyServer start(BlobStore store) {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    store.createContainer(BUCKET);
    S3Proxy proxy =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .metricsEnabled(false)
            .blobStore(store)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not start", e);
    }
    return new S3ProxyServer(
        proxy, URI.create("http://127.0.0.1:" + proxy.getPort()), ACCESS_KEY, SECRET_KEY, BUCKET);
  }

  /** Base URL of the server; the bucket stands in the path. */
  public URI endpoint() {
    return endpoint;
  }

  /** Who may do anything. */
  public String accessKey() {
    return accessKey;
  }

  /** What signs their requests. */
  public String secretKey() {
    return secretKey;
  }

  /** A bucket that is there. */
  public String bucket() {
    return bucket;
  }

  /** A place in the bucket where nobody else writes, with parts of the smallest size. */
  public S3Location location() {
    return location("test/" + UUID.randomUUID(), 5L << 20);
  }

  /** A place in the bucket. */
  public S3Location location(String prefix, long partSize) {
    return new S3Location(
        endpoint, "us-east-1", bucket, prefix, accessKey, secretKey, true, true, true, partSize);
  }

  @Override
  public void close() {
    if (proxy == null) {
      return;
    }
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy did not stop", e);
    }
  }

  private static @Nullable String setting(String name) {
    String variable =
        (PROPERTIES + name).replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    return System.getProperty(PROPERTIES + name, System.getenv(variable));
  }

  private static String required(String name) {
    String value = setting(name);
    if (value == null) {
      throw new IllegalStateException(PROPERTIES + "endpoint is given, " + name + " is not");
    }
    return value;
  }
}
