package dev.aftercall.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The server that is judged: the one whose ready file is named by the system property {@value
 * #READY_FILE} or the environment variable {@value #READY_FILE_VARIABLE}, else a {@code start-dev}
 * of this tree, started for the run and ended with it.
 */
final class ServerUnderTest implements AutoCloseable {
  static final String READY_FILE = "aftercall.conformance.ready-file";
  static final String READY_FILE_VARIABLE = "AFTERCALL_CONFORMANCE_READY_FILE";

  private final ReadyFile ready;
  private final Optional<StartedServer> started;
  private final Trust trust;

  private ServerUnderTest(ReadyFile ready, Optional<StartedServer> started) throws IOException {
    this.ready = ready;
    this.started = started;
    this.trust = Trust.load(ready.trustStore(), ready.trustStorePassword());
    long ends = ReadyFile.claims(ready.token("organizer")).path("exp").asLong(Long.MAX_VALUE);
    if (ends < Instant.now().getEpochSecond()) {
      throw new IOException(
          "The ready file's tokens ended at "
              + Instant.ofEpochSecond(ends)
              + ". Start the server anew, or have fresh tokens written into the file.");
    }
  }

  static ServerUnderTest find() {
    String named =
        Optional.ofNullable(System.getProperty(READY_FILE))
            .or(() -> Optional.ofNullable(System.getenv(READY_FILE_VARIABLE)))
            .orElse("");
    try {
      if (!named.isBlank()) {
        Path file = Path.of(named).toAbsolutePath();
        return new ServerUnderTest(ReadyFile.read(file), Optional.empty());
      }
      StartedServer started = StartedServer.start();
      return new ServerUnderTest(ReadyFile.read(started.readyFile()), Optional.of(started));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is this tree's, started for the run. */
  boolean ofThisTree() {
    return started.isPresent();
  }

  /** What the report calls it. */
  String name() {
    return ofThisTree() ? "./aftercall start-dev" : ready.https();
  }

  /** What it says of itself. */
  ReadyFile ready() {
    return ready;
  }

  /** The recording that most checks read. */
  ReadyFile.Held recording() {
    return ready.recordings().getFirst();
  }

  /** Whom its clients trust. */
  Trust trust() {
    return trust;
  }

  /** The Graph SDK against it. */
  GraphClients graph() {
    return new GraphClients(this);
  }

  /** Plain HTTP against it. */
  Wire wire() {
    return new Wire(this);
  }

  /** How a person signs in, for checks that cannot do without. */
  ReadyFile.Account account(String person) {
    Optional<ReadyFile.Account> account = ready.account(person);
    Assumptions.assumeTrue(account.isPresent(), "the ready file has no accounts");
    return account.orElseThrow();
  }

  @Override
  public void close() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    }
  }
}
