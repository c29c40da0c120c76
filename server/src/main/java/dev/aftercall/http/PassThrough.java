package dev.aftercall.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Passes the body of one answer from the object store's connection to the client's in the very
 * buffers that it was read into. Vert.x' pipe copies each of them twice. Stands in the store's
 * pipeline from before the request until the answer's end, and runs on that connection's event loop
 * alone.
 */
final class PassThrough extends ChannelInboundHandlerAdapter {
  static final int LARGEST_READ = 128 * 1024;

  /** With so much on its way no more is read from the store; with half of it, again. */
  private static final int MOST_UNDERWAY = 256 * 1024;

  private final Deque<ByteBuf> early = new ArrayDeque<>();
  private final Promise<Void> done = Promise.promise();
  private final ChannelHandlerContext store;
  private @Nullable ChannelHandlerContext client;
  private int underway;
  private boolean complete;
  private long sent;

  private PassThrough(ChannelHandlerContext store) {
    this.store = store;
  }

  /** Takes the place before Vert.x' own handler; the answer's head still goes to that one. */
  static PassThrough before(HttpConnection connection) {
    ChannelHandlerContext vertx = ((VertxConnection) connection).channelHandlerContext();
    PassThrough through = new PassThrough(vertx);
    vertx
        .channel()
        .config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(4 * 1024, LARGEST_READ / 2, LARGEST_READ));
    vertx.pipeline().addBefore(vertx.name(), PassThrough.class.getName(), through);
    return through;
  }

  /**
   * From now on everything goes to that connection, whose response head must have been written.
   * Completes when the last byte has gone to the kernel.
   */
  Future<Void> to(HttpConnection connection) {
    store
        .executor()
        .execute(
            () -> {
              client = ((VertxConnection) connection).channelHandlerContext();
              while (!early.isEmpty()) {
                write(client, early.remove());
              }
              client.flush();
              endWhenWritten();
            });
    return done.future();
  }

  /** Bytes handed to the client's connection; to be asked when {@link #to} has completed. */
  long sent() {
    return sent;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpContent content)) {
      context.fireChannelRead(message);
      return;
    }
    take(content.content());
    if (message instanceof LastHttpContent) {
      complete = true;
      // First, for the end of the answer gives the connection back to the pool.
      context.channel().config().setAutoRead(true);
      context.pipeline().remove(this);
      if (client != null) {
        client.flush();
      }
      endWhenWritten();
      context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void take(ByteBuf bytes) {
    if (done.future().isComplete() || !bytes.isReadable()) {
      bytes.release();
      return;
    }
    underway += bytes.readableBytes();
    if (client == null) {
      early.add(bytes);
    } else {
      write(client, bytes);
    }
    if (underway >= MOST_UNDERWAY) {
      store.channel().config().setAutoRead(false);
    }
  }

  private void write(ChannelHandlerContext target, ByteBuf bytes) {
    int length = bytes.readableBytes();
    sent += length;
    var _ =
        target.write(
            bytes,
            new DefaultChannelPromise(target.channel(), store.executor())
                .addListener(
                    written -> {
                      if (written.isSuccess()) {
                        underway -= length;
                        readOn();
                        endWhenWritten();
                      } else {
                        fail(written.cause());
                      }
                    }));
  }

  private void readOn() {
    if (!complete && underway <= MOST_UNDERWAY / 2) {
      store.channel().config().setAutoRead(true);
    }
  }

  private void endWhenWritten() {
    if (complete && underway == 0) {
      done.tryComplete();
    }
  }

  private void fail(Throwable cause) {
    done.tryFail(cause);
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (client != null) {
      client.flush();
    }
    context.fireChannelReadComplete();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!complete) {
      fail(new ClosedChannelException());
    }
    context.fireChannelInactive();
  }
}
