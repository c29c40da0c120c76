package dev.aftercall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A machine that Jibri runs on, with the finalize script as it is delivered. */
public final class JibriHost {
  /** The script. */
  public static final Path SCRIPT =
      Path.of("..", "deploy", "jibri", "finalize.sh").toAbsolutePath().normalize();

  private static final long PATIENCE_SECONDS = 300;

  private final Path folder;
  private final String secret;
  private List<String> shell = List.of("/bin/sh");

  /** What the script came to. */
  public record Ended(int status, String output) {}

  /** A host in that folder, whose secret is this. */
  public JibriHost(Path folder, String secret) {
    this.folder = folder;
    this.secret = secret;
  }

  /** Runs the script by another shell. */
  public JibriHost shell(String... command) {
    shell = List.of(command);
    return this;
  }

  /** Where its configuration is. */
  public Path config() {
    return folder.resolve("jibri.conf");
  }

  /** Where sessions are recorded. */
  public Path recordings() {
    return folder.resolve("recordings");
  }

  /** Where the script notes what is to be sent. */
  public Path spool() {
    return folder.resolve("spool");
  }

  /** Writes the configuration: the script waits for its sender, and tries each file once. */
  public JibriHost configure(String url, String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# as docs/intake/jibri.md has it",
                "URL=" + url,
                "SOURCE=jibri",
                "SECRET=" + secret,
                "SPOOL=" + spool()));
    lines.addAll(List.of(more));
    if (lines.stream().noneMatch(it -> it.startsWith("WAIT="))) {
      lines.add("WAIT=" + PATIENCE_SECONDS);
    }
    if (lines.stream().noneMatch(it -> it.startsWith("RETRY_FOR="))) {
      lines.add("RETRY_FOR=0");
    }
    try {
      Files.createDirectories(recordings());
      // Whole or not at all: a sender may be reading it.
      Path next = Files.write(folder.resolve("next.conf"), lines);
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r-----"));
      Files.move(next, config(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A session that Jibri recorded: one film, and its metadata. */
  public Path session(String id, String file, byte[] film, String metadata) {
    try {
      Path session = Files.createDirectories(recordings().resolve(id));
      Files.write(session.resolve(file), film);
      Files.writeString(session.resolve("metadata.json"), metadata);
      return session;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Jibri writes of a room. */
  public static String metadata(String meetingUrl) {
    return "{\"meeting_url\":\"" + meetingUrl + "\",\"participants\":[]}";
  }

  /** Calls the script and begins to wait for it. */
  public Process start(String argument) {
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(SCRIPT.toString(), argument));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AFTERCALL_JIBRI_CONFIG", config().toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls the script as Jibri does: until it has ended and nobody holds its output. */
  public Ended run(String argument) {
    Process process = start(argument);
    try (var out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("The script does not end: " + said);
      }
      return new Ended(process.exitValue(), said + log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What the script wrote down. */
  public String log() {
    Path log = spool().resolve("finalize.log");
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files of all sessions whose name ends so; a sender may be at work there. */
  public List<Path> files(String suffix) {
    List<Path> found = new ArrayList<>();
    for (String session : names(recordings())) {
      Path folder = recordings().resolve(session);
      names(folder).stream()
          .filter(name -> name.endsWith(suffix))
          .forEach(name -> found.add(folder.resolve(name)));
    }
    return found;
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  /** Waits until no sender is at work; what is left is tried once more. */
  public void settle() {
    Poll.until(
        "no sender is at work",
        Duration.ofSeconds(PATIENCE_SECONDS),
        () -> {
          int before = log().length();
          run("--retry");
          return !log().substring(before).contains("another run is sending");
        });
  }

  /** Sessions that the spool has. */
  public long queued() {
    try (Stream<Path> jobs = Files.list(spool().resolve("queue"))) {
      return jobs.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
