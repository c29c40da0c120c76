package dev.aftercall.intake;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last steps of an upload, which are taken again after a crash until they come to an end. */
final class Keeper {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  private final IntakeStore store;
  private final ContentStore contents;
  private final Spool spool;

  Keeper(IntakeStore store, ContentStore contents, Spool spool) {
    this.store = store;
    this.contents = contents;
    this.spool = spool;
  }

  /** Makes durable, then visible. Repeating it does no harm, whatever it came to the first time. */
  void keep(Upload upload, HandOver handOver, Kept kept) throws IOException, IntakeException {
    ContentKey key = new ContentKey(upload.submitter().tenant(), upload.artifact());
    Optional<IntakeStore.Transcript> transcript;
    try {
      contents.keep(key, spool.file(upload.id()));
      transcript = transcript(upload, handOver);
    } catch (IOException e) {
      if (Spool.full(e)) {
        throw Spool.storageFull();
      }
      throw e;
    }
    IntakeStore.Commit commit = new Plan(store).commit(upload, handOver, kept, transcript);
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

  /** Goes on with an upload that is being kept. */
  void resume(Upload upload) throws IOException, IntakeException {
    ContentKey key = new ContentKey(upload.submitter().tenant(), upload.artifact());
    if (spool.exists(upload.id()) || contents.open(key).isPresent()) {
      keep(
          upload,
          IntakeJson.readHandOver(upload.request()),
          IntakeJson.readKept(upload.receipt().orElseThrow()));
    } // Else another node holds the bytes and will finish.
  }
}
