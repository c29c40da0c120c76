package dev.aftercall.fetch.web;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The body of an answer: counted, bounded, and never waited for longer than was agreed. */
final class WatchedBody extends InputStream {
  private final InputStream body;
  private final Watch watch;
  private final Fetch connection;
  private final String named;
  private final OptionalLong total;
  private final long maximum;
  private long at;

  WatchedBody(
      InputStream body,
      Watch watch,
      Fetch connection,
      String named,
      long from,
      OptionalLong total,
      long maximum) {
    this.body = body;
    this.watch = watch;
    this.connection = connection;
    this.named = named;
    this.at = from;
    this.total = total;
    this.maximum = maximum;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = 0;
    watch.begin();
    try {
      read = body.read(target, offset, length);
    } catch (IOException e) {
      watch.end(0);
      throw brokenOff(e);
    }
    watch.end(Math.max(read, 0));
    if (watch.over()) {
      throw brokenOff(null);
    }
    if (read < 0) {
      if (total.isPresent() && at < total.getAsLong()) {
        throw brokenOff(null);
      }
      return -1;
    }
    at += read;
    if (at > maximum) {
      throw Failures.tooLarge(named, maximum);
    }
    return read;
  }

  private FetchException brokenOff(@Nullable IOException cause) {
    String of = total.isPresent() ? " of " + total.getAsLong() : "";
    return new FetchException(
        Kind.BROKEN,
        "The fetch of "
            + named
            + (watch.over() ? " made no headway after " : " broke off after ")
            + at
            + of
            + " bytes; it goes on from there when it is tried again.",
        cause);
  }

  /** Drops the connection: reading the rest of a large file would take as long as the file. */
  @Override
  public void close() {
    connection.close();
  }
}
