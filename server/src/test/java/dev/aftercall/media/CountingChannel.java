package dev.aftercall.media;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file that exists only as a head and a unit that repeats; counts what is read of it. */
final class CountingChannel implements SeekableByteChannel {
  private final byte[] head;
  private final byte[] unit;
  private final long period;
  private final long size;
  private long position;
  private long bytesRead;
  private long reads;

  private CountingChannel(byte[] head, byte[] unit, long period, long repeats) {
    this.head = head;
    this.unit = unit;
    this.period = period;
    this.size = head.length + period * repeats;
  }

  static CountingChannel of(byte[] bytes) {
    return new CountingChannel(bytes, new byte[0], 1, 0);
  }

  /**
   * {@code head}, then {@code repeats} times {@code unit} filled up with zeros to {@code period}.
   */
  static CountingChannel repeating(byte[] head, byte[] unit, long period, long repeats) {
    return new CountingChannel(head, unit, period, repeats);
  }

  @Override
  public int read(ByteBuffer target) {
    if (position >= size) {
      return -1;
    }
    int count = (int) Math.min(target.remaining(), size - position);
    for (int i = 0; i < count; i++) {
      target.put(at(position++));
    }
    bytesRead += count;
    reads++;
    return count;
  }

  private byte at(long offset) {
    if (offset < head.length) {
      return head[(int) offset];
    }
    long inPeriod = (offset - head.length) % period;
    return inPeriod < unit.length ? unit[(int) inPeriod] : 0;
  }

  long bytesRead() {
    return bytesRead;
  }

  long reads() {
    return reads;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
