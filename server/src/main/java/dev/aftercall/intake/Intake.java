package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.content.ContentStore;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.media.MediaProbe;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
  private final Keeper keeper;
  private final Receiver receiver;
  private final Spool spool;
  private final Limits limits;
  private final Ids ids;
  private final InstantSource clock;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  /**
   * Bounds, and what is done on the way.
   *
   * @param maxSize of a file, in bytes
   * @param sessionLifetime how long an unfinished upload is kept
   * @param faststart whether an MP4's movie box is put in front of its media data
   */
  public record Limits(long maxSize, Duration sessionLifetime, boolean faststart) {
    /** Keeps files as they come. */
    public Limits(long maxSize, Duration sessionLifetime) {
      this(maxSize, sessionLifetime, false);
    }
  }

  /** What one works with and never changes. */
  public record Rooms(IntakeStore store, ContentStore contents, MediaProbe probe) {}

  /**
   * An upload and how much of it is here.
   *
   * @param secret to be put into the upload URL; empty for an upload that stood already
   * @param received bytes; the byte to go on from
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
    this.spool = new Spool(dataDir);
    this.keeper = new Keeper(store, rooms.contents(), spool);
    this.receiver = new Receiver(store, rooms.probe(), spool, keeper, limits, clock);
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
    Plan.check(handOver, store, submitter.tenant());
    return open(submitter, metadata, handOver, idempotencyKey);
  }

  Progress open(
      Submitter submitter, JsonNode metadata, HandOver handOver, Optional<String> idempotencyKey)
      throws IntakeException, IOException {
    Optional<String> key = idempotencyKey.isPresent() ? idempotencyKey : handOver.idempotencyKey();
    long size = handOver.size().orElse(0L);
    if (size > handOver.largest(limits.maxSize())) {
      throw receiver.tooLarge(handOver);
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
            now + Ticks.of(limits.sessionLifetime()));
    Upload stands = Spool.unlessFull(() -> store.open(upload));
    if (stands.id().equals(id)) {
      return progress(stands, Optional.of(secret));
    }
    if (!IntakeJson.same(stands.request(), upload.request())) {
      throw new IntakeException(
          Kind.CONFLICT,
          "The idempotency key was used before for other metadata. Use a new key for a new"
              + " recording.");
    }
    // Only its hash is kept, so a URL asked for again carries a new secret; the old one is void.
    store.renewSecret(stands.id(), hash(secret));
    return progress(stands, Optional.of(secret));
  }

  /** The same uploads, for those in the house who need no secret. */
  public Custody custody() {
    return new Custody(this, store, receiver, keeper, spool, ids);
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
    find(uploadId, secret);
    return alone(
        uploadId,
        // Read only now: whoever sent before may have finished it meanwhile.
        () -> receive(find(uploadId, secret), fragment));
  }

  Progress receive(Upload upload, Fragment fragment) throws IntakeException, IOException {
    return switch (upload.state()) {
      case RECEIVING -> {
        receiver.receive(upload, fragment);
        yield progress(upload.id());
      }
      case KEEPING -> {
        keeper.resume(upload);
        yield progress(upload.id());
      }
      case QUARANTINED ->
          throw new IntakeException(
              Kind.UNPLAYABLE, upload.reason().orElse("") + " The file is kept in quarantine.");
      case WAITING, READY, CANCELLED -> progress(upload, Optional.empty());
    };
  }

  /** A step that nobody else may take with the same upload at the same time. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws IntakeException, IOException;
  }

  /** Takes a step alone. */
  <T> T alone(String uploadId, Step<T> step) throws IntakeException, IOException {
    if (!busy.add(uploadId)) {
      throw new IntakeException(
          Kind.CONFLICT, "Another request is sending to this upload at this moment.");
    }
    try {
      return step.take();
    } finally {
      busy.remove(uploadId);
    }
  }

  /** Gives an unfinished upload up. */
  public void cancel(String uploadId, String secret) throws IntakeException, IOException {
    find(uploadId, secret);
    giveUp(uploadId);
  }

  void giveUp(String uploadId) throws IntakeException, IOException {
    alone(
        uploadId,
        () -> {
          if (!drop(uploadId, "cancelled")) {
            throw new IntakeException(
                Kind.CONFLICT, "Every byte has been received; there is nothing left to give up.");
          }
          return progress(uploadId);
        });
  }

  private boolean drop(String uploadId, String reason) throws IOException {
    boolean dropped =
        store.move(
            uploadId, State.RECEIVING, State.CANCELLED, Optional.of(reason), Optional.empty());
    if (dropped) {
      spool.delete(uploadId);
    }
    return dropped;
  }

  /**
   * Finishes what a dead process had begun and drops uploads that expired; run at start and now and
   * then. A second process doing the same does no harm.
   *
   * @param untouchedFor how long an unfinished one must have lain; another process may be at it
   */
  public void recover(Duration untouchedFor) throws IOException {
    long before = now() - Ticks.of(untouchedFor);
    for (Upload upload : store.inState(State.KEEPING, Long.MAX_VALUE)) {
      Kept kept = IntakeJson.readKept(upload.receipt().orElseThrow());
      if (kept.keptTicks() <= before && busy.add(upload.id())) {
        try {
          keeper.resume(upload);
        } catch (IntakeException | IOException e) {
          LOG.error("Upload {} could not be finished; it is tried again later", upload.id(), e);
        } finally {
          busy.remove(upload.id());
        }
      }
    }
    for (Upload upload : store.inState(State.RECEIVING, now())) {
      if (busy.add(upload.id())) {
        try {
          drop(upload.id(), "expired");
        } finally {
          busy.remove(upload.id());
        }
      }
    }
  }

  /** The transcript that comes with a recording has a key made from the recording's. */
  public static UUID transcriptOf(UUID recording) {
    return Plan.transcriptOf(recording);
  }

  private Upload find(String uploadId, String secret) throws IntakeException {
    return GraphIds.guid(uploadId)
        .flatMap(id -> store.find(uploadId))
        .filter(upload -> Hmac.same(upload.secretSha256(), hash(secret)))
        .filter(upload -> upload.state() != State.CANCELLED)
        .orElseThrow(Intake::unknown);
  }

  static IntakeException unknown() {
    return new IntakeException(
        Kind.UNKNOWN, "There is no such upload; it may be cancelled or expired.");
  }

  /** How far an upload has come by now. */
  Progress progress(String uploadId) throws IntakeException, IOException {
    return progress(store.find(uploadId).orElseThrow(Intake::unknown), Optional.empty());
  }

  Progress progress(Upload upload, Optional<String> secret) throws IOException {
    return progress(upload, secret, spool.next(upload.id()));
  }

  private static Progress progress(Upload upload, Optional<String> secret, long inSpool) {
    Optional<Receipt> receipt =
        upload.state() == State.READY
            ? upload.receipt().map(IntakeJson::readReceipt)
            : Optional.empty();
    long received = receipt.map(Receipt::size).orElse(inSpool);
    return new Progress(
        upload.id(), upload.state(), received, upload.expires(), secret, upload.reason(), receipt);
  }

  static String hash(String secret) {
    return Sha256.hex(IntakeJson.utf8(secret));
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
