package dev.aftercall.intake;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.transcript.TranscriptFault;
import dev.aftercall.transcript.TranscriptFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
    keep(upload, handOver, kept, receipt -> receipt);
  }

  /**
   * The same.
   *
   * @param alongside what else is written in the transaction that makes it visible
   */
  private <T> T keep(Upload upload, HandOver handOver, Kept kept, Function<Receipt, T> alongside)
      throws IOException, IntakeException {
    Optional<TranscriptFile> transcript =
        handOver.transcript().isEmpty()
            ? Optional.empty()
            : Optional.of(Plan.transcript(handOver.transcript().get()));
    try {
      if (kept.stored() == null) {
        contents.keep(key(upload, upload.artifact()), spool.file(upload.id()));
      } else {
        keepConverted(upload, handOver);
      }
      if (transcript.isPresent()) {
        keep(upload, Plan.transcriptOf(upload.artifact()), transcript.get());
      }
    } catch (IOException e) {
      if (Spool.full(e)) {
        throw Spool.storageFull();
      }
      throw e;
    }
    IntakeStore.Commit commit = new Plan(store).commit(upload, handOver, kept, transcript);
    T written =
        store.together(
            () -> {
              store.commit(upload.id(), commit);
              return alongside.apply(IntakeJson.readReceipt(commit.receipt()));
            });
    spool.forget(upload.id());
    LOG.info(
        "Kept {} {} of {} bytes",
        commit.main().kind().name().toLowerCase(Locale.ROOT),
        commit.main().artifact(),
        kept.size());
    return written;
  }

  /** Keeps what is made of the file that came, which is gone only when that is durable. */
  private void keepConverted(Upload upload, HandOver handOver) throws IOException {
    if (spool.exists(upload.id())) {
      switch (handOver.kind()) {
        case TRANSCRIPT -> keepTranscript(upload);
        case RECORDING ->
            contents.keep(
                key(upload, upload.artifact()),
                spool
                    .movieInFront(upload.id())
                    .orElseThrow(() -> new IOException("What could be moved once cannot again.")));
      }
      Files.delete(spool.file(upload.id()));
    }
  }

  private void keepTranscript(Upload upload) throws IOException {
    try {
      byte[] came = Files.readAllBytes(spool.file(upload.id()));
      keep(upload, upload.artifact(), TranscriptFile.read(came));
    } catch (TranscriptFault e) {
      throw new IOException("A transcript that was proved cannot be read: " + e.text(), e);
    }
  }

  private void keep(Upload upload, UUID artifact, TranscriptFile transcript) throws IOException {
    Path file = spool.file(upload.id() + ".vtt");
    Files.write(file, transcript.bytes());
    contents.keep(key(upload, artifact), file);
  }

  private static ContentKey key(Upload upload, UUID artifact) {
    return new ContentKey(upload.submitter().tenant(), artifact);
  }

  /** Goes on with an upload that is being kept. */
  void resume(Upload upload) throws IOException, IntakeException {
    resume(upload, receipt -> receipt);
  }

  /**
   * The same.
   *
   * @param alongside what else is written in the transaction that makes it visible
   * @return what that gave; empty where another node holds the bytes and will finish
   */
  <T> Optional<T> resume(Upload upload, Function<Receipt, T> alongside)
      throws IOException, IntakeException {
    return spool.exists(upload.id()) || contents.open(key(upload, upload.artifact())).isPresent()
        ? Optional.of(
            keep(
                upload,
                IntakeJson.readHandOver(upload.request()),
                IntakeJson.readKept(upload.receipt().orElseThrow()),
                alongside))
        : Optional.empty();
  }
}
