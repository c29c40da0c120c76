package dev.aftercall.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that knows how much of it went to the socket. The server transfers files with {@code
 * sendfile} and tells nobody how far it came when a client leaves; every transfer passes here.
 */
final class CountingFile extends FileChannel {
  private final FileChannel file;
  private final AtomicLong sent = new AtomicLong();

  private CountingFile(FileChannel file) {
    this.file = file;
  }

  static CountingFile open(Path path) throws IOException {
    return new CountingFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  /** Bytes handed to the connection so far. */
  long sent() {
    return sent.get();
  }

  private long count(long bytes) {
    if (bytes > 0) {
      sent.addAndGet(bytes);
    }
    return bytes;
  }

  @Override
  public long transferTo(long position, long length, WritableByteChannel target)
      throws IOException {
    return count(file.transferTo(position, length, target));
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return (int) count(file.read(into));
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return (int) count(file.read(into, position));
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    return count(file.read(into, offset, length));
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    file.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    throw readOnly();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    throw readOnly();
  }

  @Override
  public int write(ByteBuffer from, long position) throws IOException {
    throw readOnly();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    throw readOnly();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    throw readOnly();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long length)
      throws IOException {
    throw readOnly();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    throw readOnly();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    throw readOnly();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    throw readOnly();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }

  private static IOException readOnly() {
    return new IOException("This file is only read, by transfer or into buffers.");
  }
}
