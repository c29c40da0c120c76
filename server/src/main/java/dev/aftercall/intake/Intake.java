package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.media.MediaProbe;
import dev.aftercall.media.ProbeResult;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way in. Bytes are received into a spool, hashed, probed, made durable in the content
 * store and committed to the catalogue, in that order; only then is a receipt given. Dying at any
 * instant leaves either no recording or a whole one: {@link #recover} finishes what was begun.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final IntakeStore store;
  private final ContentStore contents;
  private final Spool spool;
  private final MediaProbe probe;
  private final Limits limits;
  private final Ids ids;
  private final InstantSource clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /** Bounds: the largest file in bytes, and how long an unfinished upload is kept. */
  public record Limits(long maxSize, Duration sessionLifetime) {}

  /** What one works with and never changes. */
  public record Rooms(IntakeStore store, ContentStore contents, MediaProbe probe) {}

  /**
   * An upload and how much of it is here.
   *
   * @param secret to be put into the upload URL; empty for an upload that stood already
   * @param received bytes
   * @param receipt once it is acknowledged
   */
  public record Progress(
      String uploadId,
      State state,
      long received,
      long expires,
      Optional<String> secret,
      Optional<String> reason,
      Optional<Receipt> receipt) {}

  /** One piece of the file. */
  public record Fragment(long offset, long length, Optional<Long> total, InputStream bytes) {}

  /** An intake with its spool in the data folder. */
  public Intake(Rooms rooms, Path dataDir, Limits limits, Ids ids, InstantSource clock)
      throws IOException {
    this.store = rooms.store();
    this.contents = rooms.contents();
    this.probe = rooms.probe();
    this.spool = new Spool(dataDir);
    this.limits = limits;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Opens an upload.
   *
   * @param metadata the members of {@link HandOver}
   * @param idempotencyKey the same key again gives the same upload; it may stand in the metadata
   * @throws IntakeException INVALID, CONFLICT, TOO_LARGE or STORAGE_FULL
   */
  public Progress open(Submitter submitter, JsonNode metadata, Optional<String> idempotencyKey)
      throws IntakeException, IOException {
    HandOver handOver = HandOverReader.read(metadata);
    Optional<String> key = idempotencyKey.or(() -> HandOverReader.idempotencyKey(metadata));
    Plan.check(handOver, store, submitter.tenant());
    long size = handOver.size().orElse(0L);
    if (size > limits.maxSize()) {
      throw tooLarge();
    }
    if (size > spool.usableSpace()) {
      throw Spool.storageFull();
    }
    String id = ids.guid().toString();
    String secret = ids.secret();
    long now = now();
    Upload upload =
        new Upload(
            id,
            hash(secret),
            submitter,
            key,
            metadata.toString(),
            ids.guid(),
            State.RECEIVING,
            Optional.empty(),
            Optional.empty(),
            now,
            now + Plan.ticks(limits.sessionLifetime()));
    Upload stands = store.open(upload);
    if (stands.id().equals(id)) {
      return progress(stands, Optional.of(secret));
    }
    if (!stands.request().equals(upload.request())) {
      throw new IntakeException(
          Kind.CONFLICT,
          "The idempotency key was used before for other metadata. Use a new key for a new"
              + " recording.");
    }
    // Only its hash is kept, so a URL asked for again carries a new secret; the old one is void.
    store.renewSecret(stands.id(), hash(secret));
    return progress(stands, Optional.of(secret));
  }

  /** The receipt that a submitter has under an idempotency key. */
  public Optional<Receipt> receipt(Submitter submitter, String idempotencyKey) {
    return store
        .byKey(submitter, idempotencyKey)
        .filter(upload -> upload.state() == State.READY)
        .flatMap(Upload::receipt)
        .map(IntakeJson::readReceipt);
  }

  /** How far an upload has come. */
  public Progress status(String uploadId, String secret) throws IntakeException, IOException {
    return progress(find(uploadId, secret), Optional.empty());
  }

  /**
   * Takes a fragment in; with the last one, finishes. Fragments come in order; bytes that are here
   * already are passed over, so that a sender who missed an answer may send again.
   */
  public Progress append(String uploadId, String secret, Fragment fragment)
      throws IntakeException, IOException {
    Upload upload = find(uploadId, secret);
    if (!busy.add(uploadId)) {
      throw new IntakeException(
          Kind.CONFLICT, "Another request is sending to this upload at this moment.");
    }
    try {
      return switch (upload.state()) {
        case RECEIVING -> receive(upload, fragment);
        case KEEPING -> {
          resume(upload);
          yield progress(store.find(uploadId).orElseThrow(), Optional.empty());
        }
        case READY, QUARANTINED, CANCELLED -> progress(upload, Optional.empty());
      };
    } finally {
      busy.remove(uploadId);
    }
  }

  /** Gives an unfinished upload up. */
  public void cancel(String uploadId, String secret) throws IntakeException, IOException {
    find(uploadId, secret);
    if (!store.move(
        uploadId, State.RECEIVING, State.CANCELLED, Optional.of("cancelled"), Optional.empty())) {
      throw new IntakeException(
          Kind.CONFLICT, "Every byte has been received; there is nothing left to give up.");
    }
    spool.delete(uploadId);
  }

  private Progress receive(Upload upload, Fragment fragment) throws IntakeException, IOException {
    HandOver handOver = IntakeJson.readHandOver(upload.request());
    Optional<Long> total = fragment.total().or(handOver::size);
    if (total.isPresent() && total.get() > limits.maxSize()) {
      throw tooLarge();
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
    long limit =
        fragment.length() == Long.MAX_VALUE
            ? limits.maxSize()
            : Math.max(received, fragment.offset() + fragment.length());
    spool.append(upload.id(), fragment.bytes(), Math.min(limit, total.orElse(limits.maxSize())));
    received = spool.size(upload.id());
    return received == total.orElse(received)
        ? finish(upload, handOver)
        : progress(upload, Optional.empty());
  }

  private Progress finish(Upload upload, HandOver handOver) throws IntakeException, IOException {
    String sha256 = spool.sha256(upload.id());
    if (handOver.sha256().isPresent() && !handOver.sha256().get().equalsIgnoreCase(sha256)) {
      throw mismatch(
          upload,
          "The bytes have the SHA-256 " + sha256 + ", not the declared " + handOver.sha256().get());
    }
    ProbeResult result;
    try (SeekableByteChannel file = Files.newByteChannel(spool.file(upload.id()))) {
      result = probe.probe(file);
    }
    return switch (result) {
      case ProbeResult.Media media -> {
        checkType(upload, handOver, media);
        Kept kept =
            new Kept(
                sha256,
                spool.size(upload.id()),
                media.mediaType(),
                media.duration().toMillis(),
                now());
        store.move(
            upload.id(),
            State.RECEIVING,
            State.KEEPING,
            Optional.empty(),
            Optional.of(IntakeJson.write(kept)));
        keep(upload, handOver, kept);
        yield progress(store.find(upload.id()).orElseThrow(), Optional.empty());
      }
      case ProbeResult.Unplayable unplayable -> {
        setAside(upload, State.RECEIVING, unplayable.reason());
        throw new IntakeException(
            Kind.UNPLAYABLE, unplayable.reason() + " The file is kept in quarantine.");
      }
    };
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

  /** Makes durable, then visible. Repeating it does no harm, whatever it came to the first time. */
  private void keep(Upload upload, HandOver handOver, Kept kept)
      throws IOException, IntakeException {
    ContentKey key = new ContentKey(upload.submitter().tenant(), upload.artifact());
    try {
      contents.keep(key, spool.file(upload.id()));
    } catch (IOException e) {
      if (Spool.full(e)) {
        throw Spool.storageFull();
      }
      throw e;
    }
    IntakeStore.Commit commit =
        new Plan(store).commit(upload, handOver, kept, transcript(upload, handOver));
    store.commit(upload.id(), commit);
    spool.forget(upload.id());
    LOG.info("Recording {} of {} bytes is kept", commit.recording().artifact(), kept.size());
  }

  private Optional<IntakeStore.Transcript> transcript(Upload upload, HandOver handOver)
      throws IOException {
    if (handOver.transcript().isEmpty()) {
      return Optional.empty();
    }
    byte[] vtt = IntakeJson.utf8(handOver.transcript().get());
    MessageDigest digest = Spool.sha256();
    var artifact = Plan.transcriptOf(upload.artifact());
    Path file = spool.file(upload.id() + ".vtt");
    Files.write(file, vtt);
    contents.keep(new ContentKey(upload.submitter().tenant(), artifact), file);
    return Optional.of(
        new IntakeStore.Transcript(
            artifact, vtt.length, HexFormat.of().formatHex(digest.digest(vtt))));
  }

  /**
   * Finishes what a dead process had begun and drops uploads that expired; run at start and now and
   * then. A second process doing the same does no harm.
   *
   * @param untouchedFor how long an unfinished one must have lain; another process may be at it
   */
  public void recover(Duration untouchedFor) throws IOException {
    long before = now() - Plan.ticks(untouchedFor);
    for (Upload upload : store.inState(State.KEEPING, Long.MAX_VALUE)) {
      Kept kept = IntakeJson.readKept(upload.receipt().orElseThrow());
      if (kept.keptTicks() <= before && busy.add(upload.id())) {
        try {
          resume(upload);
        } catch (IntakeException | IOException e) {
          LOG.error("Upload {} could not be finished; it is tried again later", upload.id(), e);
        } finally {
          busy.remove(upload.id());
        }
      }
    }
    for (Upload upload : store.inState(State.RECEIVING, now())) {
      if (store.move(
          upload.id(),
          State.RECEIVING,
          State.CANCELLED,
          Optional.of("expired"),
          Optional.empty())) {
        spool.delete(upload.id());
      }
    }
  }

  private void resume(Upload upload) throws IOException, IntakeException {
    ContentKey key = new ContentKey(upload.submitter().tenant(), upload.artifact());
    if (spool.exists(upload.id()) || contents.open(key).isPresent()) {
      keep(
          upload,
          IntakeJson.readHandOver(upload.request()),
          IntakeJson.readKept(upload.receipt().orElseThrow()));
    } // Else another node holds the bytes and will finish.
  }

  private IntakeException mismatch(Upload upload, String reason) throws IOException {
    setAside(upload, State.RECEIVING, reason);
    return new IntakeException(Kind.MISMATCH, reason + " The file is kept in quarantine.");
  }

  private void setAside(Upload upload, State from, String reason) throws IOException {
    spool.quarantine(upload.id(), reason);
    store.move(upload.id(), from, State.QUARANTINED, Optional.of(reason), Optional.empty());
    LOG.warn("Upload {} is in quarantine: {}", upload.id(), reason);
  }

  private Upload find(String uploadId, String secret) throws IntakeException {
    return store
        .find(uploadId)
        .filter(
            upload ->
                MessageDigest.isEqual(
                    IntakeJson.utf8(hash(secret)), IntakeJson.utf8(upload.secretSha256())))
        .filter(upload -> upload.state() != State.CANCELLED)
        .orElseThrow(
            () ->
                new IntakeException(
                    Kind.UNKNOWN, "There is no such upload; it may be cancelled or expired."));
  }

  private Progress progress(Upload upload, Optional<String> secret) throws IOException {
    Optional<Receipt> receipt =
        upload.state() == State.READY
            ? upload.receipt().map(IntakeJson::readReceipt)
            : Optional.empty();
    long received = receipt.isPresent() ? receipt.get().size() : spool.size(upload.id());
    return new Progress(
        upload.id(), upload.state(), received, upload.expires(), secret, upload.reason(), receipt);
  }

  private IntakeException tooLarge() {
    return new IntakeException(
        Kind.TOO_LARGE,
        "The file is larger than the " + limits.maxSize() + " bytes this server takes.");
  }

  private static String hash(String secret) {
    return HexFormat.of().formatHex(Spool.sha256().digest(IntakeJson.utf8(secret)));
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
