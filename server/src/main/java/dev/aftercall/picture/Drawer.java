package dev.aftercall.picture;

import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.digest.Sha256;
import dev.aftercall.picture.Pictures.Subject;
import dev.aftercall.recording.Picture;
import dev.aftercall.repair.Bounds;
import dev.aftercall.repair.Ffmpeg;
import dev.aftercall.repair.RepairException;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws what is due, one recording after the other, by ffmpeg. Nobody waits for it, and no
 * recording is the worse for it: what cannot be drawn has no pictures. To be used by one thread.
 */
public final class Drawer {
  private static final Logger LOG = LoggerFactory.getLogger(Drawer.class);

  private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(2), 4L << 20);

  /** From an object store the film is fetched as a whole; a larger one is not worth that. */
  private static final long MOST_FETCHED = 16L << 30;

  /** Longer than one takes. */
  private static final long IN_HAND = Ticks.of(Duration.ofHours(1));

  private static final long TRIED_AGAIN = Ticks.of(Duration.ofHours(1));
  private static final int SWEPT = 100;

  private final Pictures pictures;
  private final ContentStore contents;
  private final Path folder;
  private final Ids ids;
  private final InstantSource clock;

  /**
   * Draws into that store.
   *
   * @param dataDir on whose disk it works
   */
  public Drawer(
      Pictures pictures, ContentStore contents, Path dataDir, Ids ids, InstantSource clock) {
    this.pictures = pictures;
    this.contents = contents;
    this.folder = dataDir.resolve("drawing");
    this.ids = ids;
    this.clock = clock;
  }

  /** Goes on after a start with what a process that is gone had in hand. */
  public void resume() {
    pictures.resume();
  }

  /**
   * Draws until nothing is due, or the thread is interrupted.
   *
   * @param previews of each recording, beside its poster
   */
  public void draw(Ffmpeg ffmpeg, int previews) {
    Optional<Subject> due = Optional.empty();
    do {
      long now = now();
      due = pictures.due(now, now + IN_HAND);
      due.ifPresent(subject -> draw(subject, ffmpeg, previews));
    } while (due.isPresent() && !Thread.currentThread().isInterrupted());
  }

  private void draw(Subject subject, Ffmpeg ffmpeg, int previews) {
    try {
      tidy();
      // An ffmpeg that outlived its server may still write; where it does is nobody's any more.
      Path own = Files.createDirectories(folder.resolve(ids.guid().toString()));
      if (subject.mediaType().startsWith("video/")) {
        keep(subject, drawn(subject, own, ffmpeg, previews));
      } else {
        pictures.never(subject);
      }
    } catch (RepairException e) {
      if (Thread.currentThread().isInterrupted() || e.kind() == RepairException.Kind.MISSING) {
        pictures.later(subject, now() + TRIED_AGAIN);
        return;
      }
      LOG.info("Recording {} gets no pictures: {}", subject.artifact(), e.getMessage());
      abandon(subject);
    } catch (NoSuchFileException e) {
      LOG.info("Recording {} gets no pictures: its bytes are gone.", subject.artifact());
      abandon(subject);
    } catch (Unfetched e) {
      unfetched(subject, e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Recording {} could not be drawn; trying again in an hour", subject.artifact(), e);
      pictures.later(subject, now() + TRIED_AGAIN);
    } finally {
      tidy();
    }
  }

  /** A film that is not brought here to be looked into. */
  private static final class Unfetched extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean lasting;

    Unfetched(boolean lasting, String message) {
      super(message);
      this.lasting = lasting;
    }
  }

  private void unfetched(Subject subject, Unfetched e) {
    if (e.lasting) {
      LOG.warn("Recording {} gets no pictures. {}", subject.artifact(), e.getMessage());
      abandon(subject);
    } else {
      LOG.warn(
          "Recording {} gets no pictures yet; trying again in an hour. {}",
          subject.artifact(),
          e.getMessage());
      pictures.later(subject, now() + TRIED_AGAIN);
    }
  }

  private void abandon(Subject subject) {
    try {
      discard(subject);
      pictures.never(subject);
    } catch (IOException e) {
      LOG.warn("What was drawn of {} could not be removed", subject.artifact(), e);
      pictures.later(subject, now() + TRIED_AGAIN);
    }
  }

  private List<Path> drawn(Subject subject, Path own, Ffmpeg ffmpeg, int previews)
      throws IOException {
    Path film = film(subject, own);
    List<Path> files = new ArrayList<>();
    files.add(poster(film, own.resolve("poster.jpg"), subject.length().dividedBy(10), ffmpeg));
    try {
      if (previews > 0) {
        files.addAll(ffmpeg.previews(film, own, previews, subject.length(), BOUNDS));
      }
    } catch (RepairException e) {
      // The pictures may end long before the sound does.
      LOG.info("Recording {} gets a poster alone: {}", subject.artifact(), e.getMessage());
    }
    return files;
  }

  private static Path poster(Path film, Path out, Duration at, Ffmpeg ffmpeg) throws IOException {
    try {
      ffmpeg.poster(film, out, at, BOUNDS);
    } catch (RepairException e) {
      if (e.kind() != RepairException.Kind.FAILED || at.isZero()) {
        throw e;
      }
      ffmpeg.poster(film, out, Duration.ZERO, BOUNDS);
    }
    return out;
  }

  /** As a file, which is what ffmpeg opens and nothing else. */
  private Path film(Subject subject, Path own) throws IOException {
    Content content =
        contents
            .open(subject.contentKey())
            .orElseThrow(() -> new NoSuchFileException(subject.contentKey().path()));
    if (content instanceof Content.OnDisk(Path file, long _)) {
      return file;
    }
    if (content.size() > MOST_FETCHED) {
      throw new Unfetched(
          true,
          "Its film has "
              + content.size()
              + " bytes and lies at an object store, from where no more than "
              + MOST_FETCHED
              + " are fetched for them. It plays as it is; whoever wants a picture draws it from"
              + " the film.");
    }
    if (content.size() > Files.getFileStore(own).getUsableSpace() / 2) {
      throw new Unfetched(
          false,
          "Its film of "
              + content.size()
              + " bytes lies at an object store and would take more than half of what is free on"
              + " the disk of data-dir. Make room there.");
    }
    Path fetched = own.resolve("film");
    try (InputStream in = contents.read(subject.contentKey(), 0, content.size())) {
      Files.copy(in, fetched);
    }
    return fetched;
  }

  private void keep(Subject subject, List<Path> files) throws IOException {
    List<Picture> drawn = new ArrayList<>();
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      drawn.add(
          new Picture(
              subject.tenant(),
              subject.artifact(),
              drawn.size(),
              bytes.length,
              Sha256.hex(bytes),
              now()));
    }
    if (!pictures.intend(subject, drawn, now())) {
      return; // It went meanwhile. Should it come back, it is due again.
    }
    for (Picture picture : drawn) {
      keep(picture.contentKey(), files.get(picture.number()));
    }
    if (!pictures.keep(subject, drawn)) {
      discard(subject);
    }
  }

  private void keep(ContentKey key, Path file) throws IOException {
    try {
      contents.keep(key, file);
    } catch (FileAlreadyExistsException e) {
      // Drawn before by a process that was killed, by another ffmpeg.
      boolean _ = contents.delete(key);
      contents.keep(key, file);
    }
  }

  private void discard(Subject subject) throws IOException {
    discard(pictures.intended(subject));
  }

  /** Removes what was drawn of recordings that were purged at that moment. */
  public void sweep() throws IOException {
    discard(pictures.left(now() - 2 * IN_HAND, SWEPT));
  }

  private void discard(List<Pictures.Intent> intents) throws IOException {
    for (Pictures.Intent intent : intents) {
      boolean _ = contents.delete(intent.contentKey());
      pictures.forget(intent);
    }
  }

  /** Removes what this and earlier processes worked with. */
  private void tidy() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> left = Files.walk(folder)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // It is tried again with the next recording; something may be written there at this moment.
      LOG.warn("{} could not be emptied", folder, e);
    }
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
