package dev.aftercall.repair;

import dev.aftercall.media.BrokenOff;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.media.ProbeResult;
import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import dev.aftercall.media.ProbeResult.Unplayable;
import dev.aftercall.repair.RepairException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Jobs of ffmpeg. Each reads one file and writes another, which must not exist and does not if the
 * job fails. Arguments are fixed lists; it is told what the file is and may open nothing but files.
 * What it makes is proved by the probe before it counts.
 */
public final class Ffmpeg {
  private static final Set<Reason> NOTHING_THERE =
      Set.of(Reason.EMPTY, Reason.NOT_MEDIA, Reason.NO_MOOV);
  private static final int MOST_PREVIEWS = 100;

  /** Twice what 8K has. */
  private static final String MOST_PIXELS = Integer.toString(64 << 20);

  private static final String THREADS = "2";

  /** Wide enough for a card in a list. */
  private static final String SCALE = "scale='min(640,iw)':-2";

  private final Path program;
  private final ContainerProbe probe = new ContainerProbe();

  Ffmpeg(Path program) {
    this.program = program;
  }

  /** How a recording was saved. */
  public enum Saved {
    /** Its pictures and sounds are those of the original. */
    COPIED,
    /** It was encoded anew, with some loss. */
    ENCODED
  }

  /** Where it is. */
  public Path program() {
    return program;
  }

  /** Writes a file anew that plays, with its index in front; nothing is encoded. */
  public Media remux(Path in, Path out, Bounds bounds) throws IOException {
    Container container = Container.of(in);
    return made(
        named(in), out, container, bounds.deadline(), bounds, List.of(), List.of("-c", "copy"));
  }

  /**
   * Saves what can be of a file that broke off or is damaged: by copying what is whole, else by
   * encoding what can be decoded.
   *
   * @throws RepairException also when nothing can be: an MP4 without its movie box tells neither
   *     where its pictures are nor what they are; only a healthy file of the same recorder would
   */
  public Saved recover(Path in, Path out, Bounds bounds) throws IOException {
    if (probed(in) instanceof Unplayable(Reason code, String reason)
        && NOTHING_THERE.contains(code)) {
      throw new RepairException(Kind.BEYOND_REPAIR, "Nothing can be saved of the file. " + reason);
    }
    Container container = Container.of(in);
    String source = container == Container.MP4 ? whole(in) : named(in);
    long until = System.nanoTime() + bounds.deadline().toNanos();
    List<String> lenient =
        List.of("-err_detect", "ignore_err", "-fflags", "+genpts+discardcorrupt");
    try {
      made(source, out, container, bounds.deadline(), bounds, lenient, List.of("-c", "copy"));
      return Saved.COPIED;
    } catch (RepairException e) {
      if (e.kind() != Kind.FAILED) {
        throw e;
      }
    }
    Duration left = Duration.ofNanos(until - System.nanoTime());
    made(source, out, container, left, bounds, lenient, container.encoders());
    return Saved.ENCODED;
  }

  private Media made(
      String in,
      Path out,
      Container container,
      Duration deadline,
      Bounds bounds,
      List<String> reading,
      List<String> writing)
      throws IOException {
    List<String> command = beginning(container, deadline, reading);
    command.addAll(List.of("-i", in, "-map", "0:v?", "-map", "0:a?", "-sn", "-dn"));
    command.addAll(writing);
    command.addAll(container.toStartFast());
    command.addAll(List.of("-fs", Long.toString(bounds.largest()), "-f", container.writes()));
    return write(
        command,
        out,
        deadline,
        bounds.largest(),
        () ->
            switch (probed(out)) {
              case Media media -> media;
              case Unplayable(Reason _, String reason) ->
                  throw new RepairException(
                      Kind.FAILED, "What ffmpeg made does not play. " + reason);
            });
  }

  /**
   * Draws one picture.
   *
   * @param at when, before the recording's end
   * @param out a JPEG, 640 pixels wide at most
   */
  public void poster(Path in, Path out, Duration at, Bounds bounds) throws IOException {
    List<String> command =
        beginning(
            Container.of(in), bounds.deadline(), List.of("-ss", seconds(at), "-an", "-sn", "-dn"));
    command.addAll(List.of("-i", named(in), "-map", "0:v:0", "-frames:v", "1", "-vf", SCALE));
    command.addAll(List.of("-q:v", "4", "-c:v", "mjpeg", "-update", "1", "-f", "image2"));
    write(
        command,
        out,
        bounds.deadline(),
        bounds.largest(),
        () -> {
          if (!Files.exists(out) || Files.size(out) == 0) {
            throw new RepairException(
                Kind.FAILED,
                "There is no picture at "
                    + seconds(at)
                    + " seconds. Choose an earlier one, or leave pictures out of what is only heard.");
          }
          return out;
        });
  }

  /**
   * Draws pictures evenly over a recording.
   *
   * @param folder gets {@code preview-1.jpg} and so on, as in {@link #poster}
   * @param count 1 to 100
   * @param length of the recording
   * @param bounds of all together; each may be as large as is said
   */
  public List<Path> previews(Path in, Path folder, int count, Duration length, Bounds bounds)
      throws IOException {
    if (count < 1 || count > MOST_PREVIEWS) {
      throw new IllegalArgumentException("1 to " + MOST_PREVIEWS + " previews, not " + count);
    }
    long until = System.nanoTime() + bounds.deadline().toNanos();
    List<Path> made = new ArrayList<>();
    boolean done = false;
    try {
      for (int i = 0; i < count; i++) {
        Path out = folder.resolve("preview-" + (i + 1) + ".jpg");
        Duration left = Duration.ofNanos(until - System.nanoTime());
        Duration at = length.multipliedBy(2L * i + 1).dividedBy(2L * count);
        poster(in, out, at, new Bounds(left, bounds.largest()));
        made.add(out);
      }
      done = true;
      return List.copyOf(made);
    } finally {
      if (!done) {
        for (Path out : made) {
          Files.deleteIfExists(out);
        }
      }
    }
  }

  private List<String> beginning(Container container, Duration deadline, List<String> reading) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("-nostdin", "-hide_banner", "-loglevel", "error", "-n"));
    command.addAll(List.of("-protocol_whitelist", "file,subfile", "-threads", THREADS));
    // Seconds of processor time: it ends by itself where the server died that would have ended it.
    command.addAll(List.of("-timelimit", Long.toString(2 * Math.max(1, deadline.toSeconds()))));
    command.addAll(List.of("-max_pixels", MOST_PIXELS)); // what a lying head asks memory for
    command.addAll(reading);
    command.addAll(List.of("-f", container.reads()));
    return command;
  }

  /** What a job is to have made. */
  @FunctionalInterface
  private interface Proof<T> {
    T see() throws IOException;
  }

  private static <T> T write(
      List<String> command, Path out, Duration deadline, long largest, Proof<T> proof)
      throws IOException {
    Path target = out.toAbsolutePath();
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    command.add(named(target));
    Path folder = target.getParent();
    boolean done = false;
    try {
      Run.run(command, folder == null ? target : folder, deadline);
      // Told to stop at a size, ffmpeg ends well, a little above or below it.
      if (Files.exists(target) && Files.size(target) >= largest - largest / 50) {
        throw new RepairException(
            Kind.TOO_LARGE,
            "ffmpeg was stopped after "
                + largest
                + " bytes, which is all that the result may have. Give it more room.");
      }
      T seen = proof.see();
      done = true;
      return seen;
    } finally {
      if (!done) {
        Files.deleteIfExists(target);
      }
    }
  }

  private ProbeResult probed(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new Unplayable(Reason.EMPTY, "It wrote no file.");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return probe.probe(channel);
    }
  }

  /** With its protocol, so that no name is taken for an option or for another protocol. */
  private static String named(Path file) {
    return "file:" + file.toAbsolutePath();
  }

  /** What is in front of a box that broke off, unless that is media data. */
  private static String whole(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long usable = BrokenOff.usable(channel);
      return usable == channel.size()
          ? named(file)
          : "subfile,,start,0,end," + usable + ",,:" + file.toAbsolutePath();
    }
  }

  private static String seconds(Duration at) {
    return String.format(Locale.ROOT, "%.3f", at.toMillis() / 1000.0);
  }
}
