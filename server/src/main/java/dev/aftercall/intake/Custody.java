package dev.aftercall.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException.Kind;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.recording.Original;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Uploads in the hands of the house itself: what recorders announce comes in as any upload does,
 * but waits, once every byte is here, until somebody says whose it is.
 */
public final class Custody {
  private final Intake intake;
  private final IntakeStore store;
  private final Receiver receiver;
  private final Keeper keeper;
  private final Spool spool;
  private final Ids ids;

  Custody(
      Intake intake, IntakeStore store, Receiver receiver, Keeper keeper, Spool spool, Ids ids) {
    this.intake = intake;
    this.store = store;
    this.receiver = receiver;
    this.keeper = keeper;
    this.spool = spool;
    this.ids = ids;
  }

  /** What is known of a file whose every byte is here. */
  public record Whole(String sha256, long size, String mediaType, long durationMillis) {}

  /**
   * Opens an upload that does not say whose it is.
   *
   * @param metadata the members of {@link HandOver}
   * @throws IntakeException INVALID, TOO_LARGE or STORAGE_FULL
   */
  public Progress open(Submitter submitter, JsonNode metadata) throws IntakeException, IOException {
    HandOver handOver = HandOverReader.read(metadata);
    if (handOver.assigned()) {
      throw new IntakeException(
          Kind.INVALID, "Rules say whose recording it is; leave organizer and meetingId out.");
    }
    Plan.checkTranscript(handOver);
    return intake.open(submitter, metadata, handOver, Optional.empty());
  }

  /** Gives an upload another secret for its URL; the one before is void. */
  public Progress renew(String uploadId) throws IntakeException, IOException {
    String secret = ids.secret();
    store.renewSecret(uploadId, Intake.hash(secret));
    return intake.progress(store.find(uploadId).orElseThrow(Intake::unknown), Optional.of(secret));
  }

  /** Takes a fragment in, as {@link Intake#append} does. */
  public Progress append(String uploadId, Fragment fragment) throws IntakeException, IOException {
    return intake.alone(
        uploadId,
        () -> intake.receive(store.find(uploadId).orElseThrow(Intake::unknown), fragment));
  }

  /** How far an upload has come. */
  public Optional<Progress> look(String uploadId) throws IOException {
    Optional<Upload> upload = store.find(uploadId);
    return upload.isEmpty()
        ? Optional.empty()
        : Optional.of(intake.progress(upload.get(), Optional.empty()));
  }

  /** What the bytes of an upload are that waits or is being kept. */
  public Optional<Whole> whole(String uploadId) {
    return store
        .find(uploadId)
        .filter(it -> it.state() == State.WAITING || it.state() == State.KEEPING)
        .flatMap(Upload::receipt)
        .map(IntakeJson::readKept)
        .map(it -> new Whole(it.sha256(), it.size(), it.mediaType(), it.durationMillis()));
  }

  /** As {@link IntakeStore#together}. */
  public <T> T together(IntakeStore.Steps<T> steps) throws IntakeException, IOException {
    return store.together(steps);
  }

  /**
   * Says whose a waiting upload is; {@link #keep} is to follow. Only the database is asked.
   *
   * @param members of {@link HandOver}, beside those that came or in their place
   * @param original of a copy: what it is called there, and here too; it waits on where that is
   *     taken
   * @throws IntakeException INVALID where they cannot hold; it waits on then
   */
  public void assign(String uploadId, ObjectNode members, Optional<Original> original)
      throws IntakeException, IOException {
    intake.alone(
        uploadId,
        () -> {
          Upload upload = store.find(uploadId).orElseThrow(Intake::unknown);
          if (upload.state() == State.WAITING) {
            assign(upload, members, original);
          }
          return intake.progress(upload, Optional.empty());
        });
  }

  private void assign(Upload upload, ObjectNode members, Optional<Original> original)
      throws IntakeException {
    ObjectNode request = IntakeJson.object(upload.request());
    request.setAll(members);
    HandOver handOver = HandOverReader.read(request);
    if (original.isPresent()) {
      request.set(HandOverReader.ORIGINAL, IntakeJson.tree(original.get()));
      handOver = HandOverReader.kept(request);
    }
    Plan.check(handOver, store, upload.submitter().tenant());
    String kept = request.toString();
    Spool.unlessFull(
        () ->
            original.isEmpty()
                ? store.assign(upload.id(), kept)
                : store.assignAs(upload.id(), kept, original.get().artifact()));
  }

  /**
   * Keeps an upload of which it was said whose it is.
   *
   * @param alongside what else is written in the transaction that makes it visible
   * @return what that gave; empty where nothing was kept: it still waits, or another node has the
   *     bytes and keeps them within a minute
   */
  public <T> Optional<T> keep(String uploadId, Function<Receipt, T> alongside)
      throws IntakeException, IOException {
    return intake.alone(
        uploadId,
        () -> {
          Upload upload = store.find(uploadId).orElseThrow(Intake::unknown);
          return switch (upload.state()) {
            case KEEPING -> keeper.resume(upload, alongside);
            case READY -> upload.receipt().map(IntakeJson::readReceipt).map(alongside);
            case RECEIVING, WAITING, QUARANTINED, CANCELLED -> Optional.empty();
          };
        });
  }

  /** Whether a copy can be called what its original is. */
  public enum Name {
    /** It can. */
    FREE,
    /** It is here already. */
    SAME,
    /** Something is just being kept under that name. */
    BUSY,
    /** Something else is called so. */
    TAKEN
  }

  /** Looks what is called as a waiting copy is to be. */
  public Name name(String uploadId, Original original) {
    Optional<IntakeStore.Standing> standing = store.standing(original.artifact());
    if (standing.isEmpty()) {
      return Name.FREE;
    }
    if (standing.get().sha256().isEmpty()) {
      return Name.BUSY;
    }
    Upload upload = store.find(uploadId).orElseThrow();
    Kept kept = IntakeJson.readKept(upload.receipt().orElseThrow());
    String there = standing.get().sha256().get();
    boolean same =
        standing.get().tenant().equals(upload.submitter().tenant())
            && (there.equals(kept.sha256()) || there.equals(kept.storedSha256()));
    return same ? Name.SAME : Name.TAKEN;
  }

  /** Sets a waiting upload aside. */
  public void setAside(String uploadId, String reason) throws IntakeException, IOException {
    intake.alone(
        uploadId,
        () -> {
          if (store.find(uploadId).filter(it -> it.state() == State.WAITING).isPresent()) {
            spool.quarantine(uploadId, reason);
            store.move(
                uploadId, State.WAITING, State.QUARANTINED, Optional.of(reason), Optional.empty());
          }
          return intake.progress(uploadId);
        });
  }

  /** Gives up an upload that is unfinished. */
  public void cancel(String uploadId) throws IntakeException, IOException {
    intake.giveUp(uploadId);
  }

  /** Forgets a waiting upload and its bytes. */
  public void discard(String uploadId, String reason) throws IntakeException, IOException {
    intake.alone(
        uploadId,
        () -> {
          if (store.move(
              uploadId, State.WAITING, State.CANCELLED, Optional.of(reason), Optional.empty())) {
            spool.delete(uploadId);
          }
          return intake.progress(uploadId);
        });
  }

  /** Where the bytes of an upload in quarantine lie on this node; there need be no such file. */
  public Path quarantined(String uploadId) {
    return spool.setAside(uploadId);
  }

  /**
   * Judges an upload in quarantine anew, without what was declared of size, hash and type.
   *
   * @param mended a file on the same disk, which is moved; empty for what came. The original stays
   *     in quarantine beside a mended one
   * @throws IntakeException UNPLAYABLE where it goes back, UNKNOWN where the file is not here
   */
  public Progress release(String uploadId, Optional<Path> mended)
      throws IntakeException, IOException {
    return intake.alone(
        uploadId,
        () -> {
          Upload upload = store.find(uploadId).orElseThrow(Intake::unknown);
          if (upload.state() == State.QUARANTINED) {
            spool.readmit(uploadId, mended);
            if (!spool.exists(uploadId)) {
              throw new IntakeException(
                  Kind.UNKNOWN,
                  "The file is not in this node's quarantine. Look in the data folders of the"
                      + " others.");
            }
            ObjectNode request = IntakeJson.object(upload.request());
            request.remove(HandOverReader.DECLARED);
            receiver.finish(upload, HandOverReader.read(request));
          }
          return intake.progress(uploadId);
        });
  }
}
