package dev.aftercall.intake;

import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.media.MediaProbe;
import dev.aftercall.media.ProbeResult;
import dev.aftercall.time.Ticks;
import dev.aftercall.transcript.TranscriptFault;
import dev.aftercall.transcript.TranscriptFile;
import dev.aftercall.transcript.WebVtt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives the bytes of an upload and, once they are all here, judges them. */
final class Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  private final IntakeStore store;
  private final MediaProbe probe;
  private final Spool spool;
  private final Keeper keeper;
  private final Intake.Limits limits;
  private final InstantSource clock;

  Receiver(
      IntakeStore store,
      MediaProbe probe,
      Spool spool,
      Keeper keeper,
      Intake.Limits limits,
      InstantSource clock) {
    this.store = store;
    this.probe = probe;
    this.spool = spool;
    this.keeper = keeper;
    this.limits = limits;
    this.clock = clock;
  }

  /** Takes a fragment in; with the last one, finishes. The caller alone works on the upload. */
  void receive(Upload upload, Fragment fragment) throws IntakeException, IOException {
    HandOver handOver = IntakeJson.readHandOver(upload.request());
    Optional<Long> total = fragment.total().or(handOver::size);
    long most = handOver.largest(limits.maxSize());
    if (total.isPresent() && total.get() > most) {
      throw tooLarge(handOver);
    }
    if (handOver.size().isPresent() && !handOver.size().equals(total)) {
      throw mismatch(
          upload,
          "The file was declared with "
              + handOver.size().get()
              + " bytes and is sent with "
              + total.get()
              + ".");
    }
    long received = spool.size(upload.id());
    if (total.isPresent() && total.get() < received) {
      throw new IntakeException(
          Kind.INVALID,
          "The file is to have "
              + total.get()
              + " bytes, but "
              + received
              + " are here already. Cancel this upload to begin another.");
    }
    if (fragment.offset() > received) {
      throw new IntakeException(
          Kind.OUT_OF_TURN,
          "The fragment begins at byte "
              + fragment.offset()
              + ", but the next byte expected is "
              + received
              + ". Ask for nextExpectedRanges by GET and go on from there.");
    }
    fragment.bytes().skipNBytes(Math.min(received - fragment.offset(), fragment.length()));
    boolean endless = fragment.length() == Long.MAX_VALUE;
    long end = endless ? Long.MAX_VALUE : Math.max(received, fragment.offset() + fragment.length());
    long limit = Math.min(end, total.orElse(most));
    if (!spool.append(upload.id(), fragment.bytes(), limit)) {
      throw total.isEmpty() && endless ? tooLarge(handOver) : tooMany(limit);
    }
    received = spool.size(upload.id());
    if (received == total.orElse(received)) {
      finish(upload, handOver);
    }
  }

  /**
   * Judges a file whose every byte is in the spool: one that came, or one taken back from where it
   * was set aside.
   */
  void finish(Upload upload, HandOver handOver) throws IntakeException, IOException {
    String sha256 = spool.sha256(upload.id());
    if (handOver.sha256().isPresent() && !handOver.sha256().get().equalsIgnoreCase(sha256)) {
      throw mismatch(
          upload,
          "The bytes have the SHA-256 " + sha256 + ", not the declared " + handOver.sha256().get());
    }
    Kept kept =
        switch (handOver.kind()) {
          case RECORDING -> media(upload, handOver, sha256);
          case TRANSCRIPT -> transcript(upload, sha256);
        };
    // What the catalogue calls whole must be so after a loss of power too.
    spool.sync(upload.id());
    State next = handOver.assigned() ? State.KEEPING : State.WAITING;
    Optional<String> facts = Optional.of(IntakeJson.write(kept));
    if (Spool.unlessFull(
            () -> store.move(upload.id(), upload.state(), next, Optional.empty(), facts))
        && next == State.KEEPING) {
      keeper.keep(upload, handOver, kept);
    }
  }

  private Kept media(Upload upload, HandOver handOver, String sha256)
      throws IntakeException, IOException {
    ProbeResult result;
    try (SeekableByteChannel file = Files.newByteChannel(spool.file(upload.id()))) {
      result = probe.probe(file);
    }
    return switch (result) {
      case ProbeResult.Media media -> {
        checkType(upload, handOver, media);
        yield new Kept(
            sha256,
            spool.size(upload.id()),
            media.mediaType(),
            media.duration().toMillis(),
            Ticks.of(clock.instant()),
            limits.faststart() ? movieInFront(upload) : null);
      }
      case ProbeResult.Unplayable unplayable -> throw unusable(upload, unplayable.reason());
    };
  }

  /** What is kept in place of a file whose movie box stands behind its media data. */
  private Kept.@Nullable Stored movieInFront(Upload upload) throws IOException {
    Optional<Path> moved = spool.movieInFront(upload.id());
    if (moved.isEmpty()) {
      return null;
    }
    try (InputStream in = Files.newInputStream(moved.get())) {
      return new Kept.Stored(Sha256.hex(in), Files.size(moved.get()));
    }
  }

  private Kept transcript(Upload upload, String sha256) throws IntakeException, IOException {
    byte[] came;
    try (InputStream in = Files.newInputStream(spool.file(upload.id()))) {
      came = in.readNBytes(WebVtt.LARGEST + 1);
    }
    try {
      TranscriptFile file = TranscriptFile.read(came);
      String stored = Sha256.hex(file.bytes());
      return new Kept(
          sha256,
          spool.size(upload.id()),
          "text/vtt",
          file.durationMillis(),
          Ticks.of(clock.instant()),
          stored.equals(sha256) ? null : new Kept.Stored(stored, file.bytes().length));
    } catch (TranscriptFault e) {
      throw unusable(upload, "The file is neither WebVTT nor SubRip. " + e.text());
    }
  }

  private IntakeException unusable(Upload upload, String reason) throws IOException {
    setAside(upload, reason);
    return new IntakeException(Kind.UNPLAYABLE, reason + " The file is kept in quarantine.");
  }

  private void checkType(Upload upload, HandOver handOver, ProbeResult.Media media)
      throws IntakeException, IOException {
    String container = media.mediaType().substring(media.mediaType().indexOf('/'));
    if (handOver.mediaType().isPresent() && !handOver.mediaType().get().endsWith(container)) {
      throw mismatch(
          upload,
          "The file is " + media.mediaType() + ", not the declared " + handOver.mediaType().get());
    }
  }

  private IntakeException mismatch(Upload upload, String reason) throws IOException {
    setAside(upload, reason);
    return new IntakeException(Kind.MISMATCH, reason + " The file is kept in quarantine.");
  }

  private void setAside(Upload upload, String reason) throws IOException {
    spool.quarantine(upload.id(), reason);
    store.move(
        upload.id(), upload.state(), State.QUARANTINED, Optional.of(reason), Optional.empty());
    LOG.warn("Upload {} is in quarantine: {}", upload.id(), reason);
  }

  private static IntakeException tooMany(long limit) {
    return new IntakeException(
        Kind.INVALID,
        "More bytes were sent than the " + limit + " that the fragment or file is to have.");
  }

  IntakeException tooLarge(HandOver handOver) {
    return new IntakeException(
        Kind.TOO_LARGE,
        "The file is larger than the "
            + handOver.largest(limits.maxSize())
            + " bytes this server takes.");
  }
}
