package dev.aftercall.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A transcript in one of its forms, made cue by cue while it is read: of a form of any length only
 * one cue is in memory. The same transcript gives the same bytes each time.
 */
public final class RenditionStream extends InputStream {
  private final InputStream stored;
  private final Rendition form;
  private final WebVtt transcript;
  private final long started;
  private final StringBuilder text = new StringBuilder();
  private byte[] piece;
  private int position;

  /**
   * Reads the transcript's header.
   *
   * @param stored WebVTT; closed with this
   * @param started ticks at which the call began, from which cues count
   */
  public RenditionStream(InputStream stored, Rendition form, long started) throws IOException {
    this.stored = stored;
    this.form = form;
    this.started = started;
    try {
      this.transcript = WebVtt.open(stored);
    } catch (TranscriptFault e) {
      throw new FaultyTranscript(e);
    }
    form.begin(text);
    this.piece = taken();
  }

  /** The transcript's file has a fault. */
  public static final class FaultyTranscript extends IOException {
    private static final long serialVersionUID = 1L;

    FaultyTranscript(TranscriptFault fault) {
      super(fault.text());
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int taken = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, into, offset, taken);
    position += taken;
    return taken;
  }

  @Override
  public long skip(long most) throws IOException {
    long left = most;
    while (left > 0 && more()) {
      int passed = (int) Math.min(left, piece.length - position);
      position += passed;
      left -= passed;
    }
    return Math.max(0, most) - Math.max(0, left);
  }

  private boolean more() throws IOException {
    try {
      while (position == piece.length) {
        Cue cue = transcript.next();
        if (cue == null) {
          return false;
        }
        form.write(text, cue, transcript.language(), started);
        piece = taken();
        position = 0;
      }
      return true;
    } catch (TranscriptFault e) {
      throw new FaultyTranscript(e);
    }
  }

  private byte[] taken() {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    text.setLength(0);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
