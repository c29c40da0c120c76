package dev.aftercall.repair;

import dev.aftercall.repair.RepairException.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of a program: no shell, no environment, no input, and an end. */
final class Run {
  private static final long LAST_WORDS_MILLIS = 2_000;

  private Run() {}

  /**
   * Waits until it is done.
   *
   * @throws RepairException unless it ends well in time; it and its children are dead then
   */
  static void run(List<String> command, Path folder, Duration deadline) throws IOException {
    Process process = start(command, folder);
    LastLines errors = new LastLines(process.getErrorStream());
    Thread reading = Thread.ofVirtual().name("repair-errors").start(errors);
    try {
      if (!process.waitFor(Math.max(0, deadline.toMillis()), TimeUnit.MILLISECONDS)) {
        throw new RepairException(
            Kind.TIMED_OUT,
            "ffmpeg was stopped because it was not done in time. Try again when the machine has less"
                + " to do, or give it longer.");
      }
      reading.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RepairException(
          Kind.TIMED_OUT, "ffmpeg was stopped because the server stops. Try again.", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new RepairException(
          Kind.FAILED,
          "ffmpeg gave up ("
              + process.exitValue()
              + ")"
              + errors.said()
              + ". The original is as it was; get the file from the recorder once more if it has"
              + " it.");
    }
  }

  private static Process start(List<String> command, Path folder) throws RepairException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear(); // our own holds keys
    builder.environment().put("LC_ALL", "C");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new RepairException(Kind.MISSING, Repair.MISSING, e);
    }
  }
}
