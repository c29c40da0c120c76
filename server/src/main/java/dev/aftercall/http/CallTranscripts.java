package dev.aftercall.http;

import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.content.Content;
import dev.aftercall.gate.Gate;
import dev.aftercall.http.odata.Select;
import dev.aftercall.metering.Form;
import dev.aftercall.recording.Artifact;
import dev.aftercall.transcript.Rendition;
import dev.aftercall.transcript.TranscriptFault;
import dev.aftercall.transcript.WebVtt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Graph's callTranscript: {@code GET …/transcripts/{id}}, {@code …/content} in two forms and {@code
 * …/metadataContent}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/calltranscript-get">Get callTranscript</a>
 */
public final class CallTranscripts {
  private static final String ITEM = "/transcripts/{transcriptId}";

  /** Making a form takes several times the file's size in memory. */
  private static final int AT_A_TIME = 4;

  private final CallArtifacts transcripts;
  private final Semaphore making = new Semaphore(AT_A_TIME);

  /** Speaks for that gate. */
  public CallTranscripts(Gate gate) {
    this.transcripts = new CallArtifacts(gate, Artifact.Kind.TRANSCRIPT, "transcriptId");
  }

  /**
   * The routes of this resource.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   * @param adhocVersions the same for ad hoc calls
   */
  public List<Route> routes(String versions, String adhocVersions) {
    return Stream.of(
            CallArtifacts.routes(versions, adhocVersions, ITEM, transcripts::metadata),
            CallArtifacts.routes(versions, adhocVersions, ITEM + "/content", this::content),
            CallArtifacts.routes(
                versions, adhocVersions, ITEM + "/metadataContent", this::metadataContent))
        .flatMap(List::stream)
        .toList();
  }

  private Answer content(Request request) throws IOException {
    Answer answer =
        switch (TranscriptForm.of(Select.format(request), request.header("Accept"))) {
          case WEBVTT -> transcripts.stored(request, Action.ATTRIBUTED_CONTENT, Form.CONTENT);
          case UNATTRIBUTED ->
              made(
                  request,
                  Action.CONTENT,
                  Form.CONTENT,
                  Rendition.UNATTRIBUTED,
                  "Meeting Transcript.txt");
        };
    return answer.with("Vary", "Accept, Accept-Encoding");
  }

  private Answer metadataContent(Request request) throws IOException {
    Select.none(request);
    return made(
        request,
        Action.ATTRIBUTED_CONTENT,
        Form.METADATA_CONTENT,
        Rendition.METADATA,
        "Meeting Transcript Metadata.vtt");
  }

  private Answer made(Request request, Action action, Form metered, Rendition form, String fileName)
      throws IOException {
    return transcripts.made(
        request,
        action,
        metered,
        opened -> {
          byte[] bytes = make(opened, form);
          return CallArtifacts.answer(
              opened,
              new Content.InMemory(bytes),
              form.mediaType(),
              sha256(bytes),
              fileName,
              (offset, length) -> new ByteArrayInputStream(bytes, (int) offset, (int) length));
        });
  }

  private byte[] make(Gate.OpenedContent opened, Rendition form) throws IOException {
    long size = opened.content().size();
    making.acquireUninterruptibly();
    try (InputStream in = opened.reader().read(0, size)) {
      WebVtt transcript = WebVtt.parse(in.readNBytes(WebVtt.LARGEST + 1));
      return form.of(transcript, opened.opened().artifact().created());
    } catch (TranscriptFault e) {
      // Taken in by a version that looked at the first line alone.
      throw new GraphException(
          ErrorCode.NOT_ACCEPTABLE,
          "The transcript cannot be given in this form, since its file has a fault. "
              + e.text()
              + " Ask for text/vtt, which is the file as it was handed over.");
    } finally {
      making.release();
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
