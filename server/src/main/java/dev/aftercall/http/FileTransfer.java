package dev.aftercall.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultFileRegion;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.VertxConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a part of a file on the client's own connection, piece by piece, each when the one before
 * has gone to the kernel: as a file region, which is {@code sendfile}, or over TLS through a pooled
 * buffer. Vert.x' own {@code sendFile} tells nobody how far it came when a client leaves, and over
 * TLS reads by 8 KiB and calls a connection idle for as long as the whole file takes.
 */
final class FileTransfer {
  private static final Logger LOG = LoggerFactory.getLogger(FileTransfer.class);

  /** What Vert.x takes too: even a slow client reads so much before it would be called idle. */
  private static final int REGION = 1024 * 1024;

  private static final int BUFFER = 128 * 1024;

  private final HttpServerResponse response;
  private final VertxConnection connection;
  private final FileChannel file;
  private final long end;
  private final ContentAnswer answer;
  private final int status;
  private long position;
  private long sent;

  private FileTransfer(
      Call call, FileChannel file, ByteRange range, ContentAnswer answer, int status) {
    this.response = call.response();
    // All connections are HTTP/1.1 (ADR 7), and those are of this class.
    this.connection = (VertxConnection) call.request().connection();
    this.file = file;
    this.position = range.offset();
    this.end = range.offset() + range.length();
    this.answer = answer;
    this.status = status;
  }

  /** Starts and returns; the answer's end hears how many bytes the kernel has taken. */
  static void start(Call call, Path path, ByteRange range, ContentAnswer answer, int status)
      throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    FileTransfer transfer = new FileTransfer(call, file, range, answer, status);
    call.loop().runOnContext(here -> transfer.begin());
  }

  private void begin() {
    // Once the head is out nothing of ours waits in Vert.x' queue, and pieces may go past it.
    response.writeHead().onSuccess(written -> next()).onFailure(this::fail);
  }

  private void next() {
    if (position == end) {
      over(response.end());
      return;
    }
    try {
      if (connection.isSsl()) {
        copy((int) Math.min(BUFFER, end - position));
      } else {
        hand((int) Math.min(REGION, end - position));
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void hand(int length) {
    DefaultFileRegion region = new DefaultFileRegion(file, position, length);
    // One for us: the last release would close the file.
    region.retain();
    write(
        region,
        done -> {
          sent += region.transferred();
          went(length, done);
        });
  }

  private void copy(int length) throws IOException {
    ByteBuf buffer = connection.channel().alloc().directBuffer(length);
    boolean full = false;
    try {
      while (buffer.isWritable()) {
        int read = buffer.writeBytes(file, position + buffer.writerIndex(), buffer.writableBytes());
        if (read < 0) {
          throw new EOFException("The file ends " + (end - position) + " bytes early.");
        }
      }
      full = true;
    } finally {
      if (!full) {
        buffer.release();
      }
    }
    // Of a record that has been cut off nobody can tell how much was read: the whole piece counts.
    sent += length;
    write(buffer, done -> went(length, done));
  }

  private void write(Object piece, ChannelFutureListener gone) {
    // Added before: a client that is gone is often noticed within the call.
    ChannelPromise written = connection.channel().newPromise();
    written.addListener(gone);
    var _ = connection.write(piece, true, written);
  }

  private void went(int length, io.netty.util.concurrent.Future<?> done) {
    position += length;
    if (done.isSuccess()) {
      next();
    } else {
      fail(done.cause());
    }
  }

  private void fail(Throwable cause) {
    LOG.debug("A delivery ended early", cause);
    response.reset();
    over(Future.failedFuture(cause));
  }

  private void over(Future<Void> ended) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("A file that was only read has nothing left to lose", e);
    }
    ended.onComplete(done -> answer.over(status, sent, done.succeeded()));
  }
}
