package dev.aftercall.content.s3;

import dev.aftercall.content.FileSlice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/** A part of a file as a request body: read from the disk as it is sent, again for each retry. */
final class FileBody implements ContentStreamProvider, AutoCloseable {
  private static final int BUFFER = 64 << 10;

  private final Path file;
  private final long offset;
  private final long length;
  private @Nullable InputStream current;

  FileBody(Path file, long offset, long length) {
    this.file = file;
    this.offset = offset;
    this.length = length;
  }

  RequestBody asRequestBody() {
    return RequestBody.fromContentProvider(this, length, "application/octet-stream");
  }

  /** Content-MD5: lets the server refuse bytes that were damaged on the way. */
  String md5() throws IOException {
    try (InputStream in = FileSlice.open(file, offset, length)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[BUFFER];
      for (int read; (read = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, read);
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  @Override
  public InputStream newStream() {
    try {
      close();
      InputStream opened = FileSlice.open(file, offset, length);
      current = opened;
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SDK leaves closing to the provider. */
  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
