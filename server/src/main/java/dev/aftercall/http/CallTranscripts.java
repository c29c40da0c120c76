package dev.aftercall.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.content.Content;
import dev.aftercall.digest.Sha256;
import dev.aftercall.gate.Gate;
import dev.aftercall.http.odata.Select;
import dev.aftercall.metering.Form;
import dev.aftercall.recording.Artifact;
import dev.aftercall.transcript.Rendition;
import dev.aftercall.transcript.RenditionStream;
import dev.aftercall.transcript.RenditionStream.FaultyTranscript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * Graph's callTranscript: {@code GET …/transcripts/{id}}, {@code …/content} in two forms and {@code
 * …/metadataContent}.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/calltranscript-get">Get callTranscript</a>
 */
public final class CallTranscripts {
  private static final String ITEM = "/transcripts/{transcriptId}";

  private static final int LENGTHS_KNOWN = 10_000;

  private final CallArtifacts transcripts;

  /** By entity tag, so that a client who asks for one range after another waits once. */
  private final Cache<String, Long> lengths =
      Caffeine.newBuilder().maximumSize(LENGTHS_KNOWN).build();

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
          String hash = hash(opened, form);
          Long length = lengths.getIfPresent(hash);
          if (length == null) {
            length = length(opened, form);
            lengths.put(hash, length);
          }
          return CallArtifacts.answer(
              opened,
              new Content.Made(length),
              form.mediaType(),
              hash,
              fileName,
              (offset, wanted) -> from(offset, opened, form));
        });
  }

  /** Found by making it once, which also proves that it can be made. */
  private static long length(Gate.OpenedContent opened, Rendition form) throws IOException {
    try (InputStream all = made(opened.reader().read(0, opened.content().size()), opened, form)) {
      return all.transferTo(OutputStream.nullOutputStream());
    } catch (FaultyTranscript e) {
      // Taken in by a version that looked at the first line alone.
      throw new GraphException(
          ErrorCode.NOT_ACCEPTABLE,
          "The transcript cannot be given in this form, since its file has a fault. "
              + e.getMessage()
              + " Ask for text/vtt, which is the file as it was handed over.");
    }
  }

  private static InputStream from(long offset, Gate.OpenedContent opened, Rendition form)
      throws IOException {
    InputStream made = made(new PiecewiseReading(opened), opened, form);
    made.skipNBytes(offset);
    return made;
  }

  private static InputStream made(InputStream stored, Gate.OpenedContent opened, Rendition form)
      throws IOException {
    return new RenditionStream(stored, form, opened.opened().artifact().created());
  }

  /** What is made depends on the file, the form, the start and how we write it: the last number. */
  private static String hash(Gate.OpenedContent opened, Rendition form) {
    Artifact artifact = opened.opened().artifact();
    return Sha256.hex(artifact.media().sha256() + '|' + form + '|' + artifact.created() + "|1");
  }
}
