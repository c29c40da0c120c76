package dev.aftercall.testing;

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

/** A real broker of Kafka, its own controller, in a process of its own; ready in some seconds. */
public final class KafkaBroker implements AutoCloseable {
  private static final String READY = "the broker is ready";
  private static final int TRIES = 3;

  private final Path folder;
  private final int port;
  private Process process;

  private KafkaBroker(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one on free ports. */
  public static KafkaBroker start() {
    try {
      Path folder = Files.createTempDirectory("aftercall-kafka-");
      for (int left = TRIES; ; left--) {
        int port = freePort();
        write(folder, port, freePort());
        try {
          return new KafkaBroker(folder, port, run(folder));
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

  private static void write(Path folder, int port, int controller) throws IOException {
    Files.writeString(
        folder.resolve("server.properties"),
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@127.0.0.1:%2$d
        log.dirs=%3$s
        broker.heartbeat.interval.ms=200
        broker.session.timeout.ms=1000
        num.partitions=2
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        """
            .formatted(port, controller, folder.resolve("log")));
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
          new String[] {"format", "-t", "AAAAAAAAQACAAAAAAAAAAA", "-c", file.toString()},
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
    return "127.0.0.1:" + port;
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
