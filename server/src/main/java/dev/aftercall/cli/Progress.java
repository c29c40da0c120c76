package dev.aftercall.cli;

import java.io.Console;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Tells on standard error how far a file has been read. */
final class Progress extends FilterInputStream {
  private static final long SMALL = 16L * 1024 * 1024;

  private final Path file;
  private final long size;
  private final boolean terminal;
  private long read;
  private int told;

  private Progress(InputStream in, Path file, long read, long size) {
    super(in);
    this.file = file;
    this.read = read;
    this.size = size;
    this.terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  static InputStream of(InputStream in, Path file, long read, long size) {
    return size < SMALL ? in : new Progress(in, file, read, size);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count > 0) {
      read += count;
      tell();
    }
    return count;
  }

  private void tell() {
    int percent = (int) (read * 100 / size);
    int step = terminal ? 1 : 10;
    if (percent / step > told / step || (percent == 100 && told != 100)) {
      told = percent;
      System.err.print((terminal ? "\r" : "") + file.getFileName() + ": " + percent + " %");
      System.err.print(terminal && percent < 100 ? "" : System.lineSeparator());
    }
  }
}
