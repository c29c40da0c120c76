package dev.aftercall.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * A real broker of Kafka, its own controller, in a process of its own; ready in some seconds. It is
 * spoken to in plain text by anybody, and with TLS by those who log in; the authority behind its
 * certificate is its own.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final String READY = "the broker is ready";
  private static final int TRIES = 3;

  /** Who may log in by PLAIN: a name as Event Hubs want it, a password with all that is quoted. */
  public static final String PLAIN_USER = "$ConnectionString";

  /** Of {@link #PLAIN_USER}. */
  public static final String PLAIN_PASSWORD = "Endpoint=sb://x/;Key=a+b/\"c\\d'==";

  /** Who may log in by SCRAM-SHA-256. */
  public static final String SCRAM_USER = "teller";

  /** Of {@link #SCRAM_USER}. */
  public static final String SCRAM_PASSWORD = "first-password";

  private final Path folder;
  private final Ports ports;
  private Process process;

  private record Ports(int plain, int secure, int controller) {
    static Ports free() throws IOException {
      return new Ports(freePort(), freePort(), freePort());
    }
  }

  private KafkaBroker(Path folder, Ports ports, Process process) {
    this.folder = folder;
    this.ports = ports;
    this.process = process;
  }

  /** Starts one on free ports. */
  public static KafkaBroker start() {
    try {
      Path folder = Files.createTempDirectory("aftercall-kafka-");
      certify(folder);
      for (int left = TRIES; ; left--) {
        Ports ports = Ports.free();
        write(folder, ports);
        try {
          return new KafkaBroker(folder, ports, run(folder));
        } catch (IOException e) {
          // Somebody took a port that was free a moment ago.
          if (left == 1) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void certify(Path folder) throws IOException {
    try {
      X509Bundle authority =
          new CertificateBuilder()
              .subject("CN=An authority of our own")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      X509Bundle broker =
          new CertificateBuilder()
              .subject("CN=broker")
              .addSanIpAddress("127.0.0.1")
              .buildIssuedBy(authority);
      Files.writeString(folder.resolve("authority.pem"), authority.getCertificatePEM());
      Files.writeString(
          folder.resolve("broker.pem"), broker.getPrivateKeyPEM() + broker.getCertificatePathPEM());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("No certificate could be made", e);
    }
  }

  private static void write(Path folder, Ports ports) throws IOException {
    Files.writeString(
        folder.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_SSL://127.0.0.1:%4$d,CONTROLLER://127.0.0.1:%2$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT
        inter.broker.listener.name=PLAINTEXT
        listener.name.sasl_ssl.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256
        listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_%6$s="%7$s";
        listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
        listener.name.sasl_ssl.ssl.keystore.type=PEM
        listener.name.sasl_ssl.ssl.keystore.location=%5$s
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@127.0.0.1:%2$d
        log.dirs=%3$s
        broker.heartbeat.interval.ms=200
        broker.session.timeout.ms=1000
        num.partitions=2
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        """
            .formatted(
                ports.plain(),
                ports.controller(),
                folder.resolve("log"),
                ports.secure(),
                folder.resolve("broker.pem"),
                PLAIN_USER,
                // Once for JAAS, and once for the file of properties.
                escaped(escaped(PLAIN_PASSWORD).replace("\"", "\\\""))));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\");
  }

  private static Process run(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                KafkaBroker.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("broker.log").toFile()))
            .start();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(READY)) {
        return process;
      }
    }
    throw new IOException(
        "The broker did not start: " + Files.readString(folder.resolve("log.txt")));
  }

  /** The broker itself; its first argument is its folder. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path file = folder.resolve("server.properties");
    if (!Files.exists(folder.resolve("log"))) {
      StorageTool.execute(
          new String[] {
            "format",
            "-t",
            "AAAAAAAAQACAAAAAAAAAAA",
            "-c",
            file.toString(),
            "--add-scram",
            "SCRAM-SHA-256=[name=" + SCRAM_USER + ",password=" + SCRAM_PASSWORD + "]"
          },
          System.err);
    }
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    server.startup();
    PrintStream out = System.out;
    out.println(READY);
    out.flush();
    server.awaitShutdown();
  }

  /** Where it listens. */
  public String address() {
    return "127.0.0.1:" + ports.plain();
  }

  /** Where it listens with TLS to those who log in. */
  public String secureAddress() {
    return "127.0.0.1:" + ports.secure();
  }

  /** PEM of the authority behind its certificate. */
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  /** As {@code kill -9}; what was written stays. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again after it was killed. */
  public void revive() {
    try {
      process = run(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
