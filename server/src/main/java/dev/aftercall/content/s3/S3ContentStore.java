package dev.aftercall.content.s3;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.FileSlice;
import dev.aftercall.content.Stored;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Keeps content as objects of one bucket. Several nodes may share it: what one keeps the others
 * find at once; what one deletes another may go on naming for {@link #REMEMBERED}.
 */
public final class S3ContentStore implements ContentStore, AutoCloseable {
  /** How long a size may be believed without asking; content itself never changes. */
  static final Duration REMEMBERED = Duration.ofHours(1);

  private static final long MOST_REMEMBERED = 100_000;

  private final S3Location location;
  private final S3Client client;
  private final S3Presigner presigner;
  private final Upload upload;
  private final Versions versions;
  private final Listing listing;
  private final Aside aside;
  private final Cache<ContentKey, Long> sizes =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /** A store in {@code location}; connects when it is first used. */
  public S3ContentStore(S3Location location) {
    var credentials = S3Clients.credentials(location);
    this.location = location;
    this.client = S3Clients.client(location, credentials);
    this.presigner = S3Clients.presigner(location, credentials);
    this.upload = new Upload(client, location);
    this.versions = new Versions(client, location);
    this.listing = new Listing(client, location);
    this.aside = new Aside(client, location, listing, Aside.LARGEST_COPY);
  }

  @Override
  public void keep(ContentKey key, Path file) throws IOException {
    String object = location.key(key.path());
    long kept = head("keep", object);
    if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (kept < 0) {
        throw new NoSuchFileException(file.toString(), object, "nothing to keep");
      }
      return;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) == 0) {
      // Ceph 16 refuses an empty body that is signed in chunks; nobody has a use for one.
      throw new FileSystemException(file.toString(), object, "not a file with content");
    }
    long size = Files.size(file);
    if (kept < 0) {
      send(file, size, object);
    } else if (kept != size || differs(file, key, size)) {
      throw new FileAlreadyExistsException(object, file.toString(), "other bytes");
    }
    sizes.put(key, size);
    Files.delete(file);
  }

  private void send(Path file, long size, String object) throws IOException {
    IOException failure = null;
    try {
      upload.send(file, size, object);
    } catch (SdkException e) {
      failure = S3Failure.of("keep", location, object, e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    // The last answer may have been lost, and its retry refused because the upload is complete.
    long arrived;
    try {
      arrived = head("keep", object);
    } catch (IOException e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
      throw failure;
    }
    if (arrived == size) {
      return;
    }
    if (failure == null) {
      failure =
          new IOException(
              "s3://" + location.bucket() + "/" + object + " has " + arrived + " bytes of " + size);
    }
    if (arrived >= 0) {
      // Half a recording must not be seen, nor stand in the way of the next attempt.
      try {
        remove(object);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private boolean differs(Path file, ContentKey key, long size) throws IOException {
    try (InputStream ours = FileSlice.open(file, 0, size);
        InputStream theirs = read(key, 0, size)) {
      byte[] left = new byte[64 << 10];
      byte[] right = new byte[left.length];
      for (int read; (read = ours.readNBytes(left, 0, left.length)) > 0; ) {
        if (theirs.readNBytes(right, 0, read) != read
            || !Arrays.equals(left, 0, read, right, 0, read)) {
          return true;
        }
      }
      return false;
    }
  }

  @Override
  public Optional<Content> open(ContentKey key) throws IOException {
    Long size = sizes.getIfPresent(key);
    if (size == null) {
      size = head("open", location.key(key.path()));
      if (size < 0) {
        return Optional.empty();
      }
      sizes.put(key, size);
    }
    return Optional.of(
        new Content.AtUrl(
            size,
            location.redirect(),
            (life, mediaType, disposition) -> presign(key, life, mediaType, disposition)));
  }

  private URI presign(ContentKey key, Duration life, String mediaType, String disposition) {
    String object = location.key(key.path());
    try {
      return URI.create(
          presigner
              .presignGetObject(
                  sign ->
                      sign.signatureDuration(life)
                          .getObjectRequest(
                              get ->
                                  get.bucket(location.bucket())
                                      .key(object)
                                      .responseContentType(mediaType)
                                      .responseContentDisposition(disposition)))
              .url()
              .toString());
    } catch (SdkException e) {
      throw new UncheckedIOException(S3Failure.of("sign a URL of", location, object, e));
    }
  }

  @Override
  public InputStream read(ContentKey key, long offset, long length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
    String object = location.key(key.path());
    if (length == 0) {
      // HTTP has no empty range.
      long size = open(key).orElseThrow(() -> new NoSuchFileException(object)).size();
      if (offset > size) {
        throw tooShort(object, offset, length);
      }
      return InputStream.nullInputStream();
    }
    try {
      var body =
          client.getObject(
              get ->
                  get.bucket(location.bucket())
                      .key(object)
                      .range("bytes=" + offset + "-" + (offset + length - 1))
                      .overrideConfiguration(S3Clients.SHORT));
      Long sent = body.response().contentLength();
      if (sent == null || sent != length) {
        body.abort();
        throw tooShort(object, offset, length);
      }
      return new RangeStream(body, length);
    } catch (S3Exception e) {
      if (isMissing(e)) {
        throw new NoSuchFileException(object);
      }
      if (e.statusCode() == 416) {
        throw tooShort(object, offset, length);
      }
      throw S3Failure.of("read", location, object, e);
    } catch (SdkException e) {
      throw S3Failure.of("read", location, object, e);
    }
  }

  @Override
  public boolean delete(ContentKey key) throws IOException {
    String object = location.key(key.path());
    sizes.invalidate(key);
    boolean found = head("delete", object) >= 0;
    try {
      remove(object);
    } finally {
      // Again: somebody may have opened it between the first time and the deletion.
      sizes.invalidate(key);
    }
    return found;
  }

  @Override
  public List<Stored> list(String after, int limit) throws IOException {
    return listing.page(after, limit);
  }

  @Override
  public Optional<Stored> stat(ContentKey key) throws IOException {
    return listing.stat(key.path());
  }

  @Override
  public Optional<String> quarantine(ContentKey key) throws IOException {
    Optional<Stored> kept = stat(key);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    String path = aside.copy(key.path(), kept.get().size());
    delete(key);
    return Optional.of(path);
  }

  private void remove(String object) throws IOException {
    if (versions.remove(object)) {
      return;
    }
    try {
      client.deleteObject(
          delete ->
              delete.bucket(location.bucket()).key(object).overrideConfiguration(S3Clients.SHORT));
    } catch (SdkException e) {
      throw S3Failure.of("delete", location, object, e);
    }
  }

  @Override
  public boolean hold(ContentKey key, boolean on) throws IOException {
    return versions.hold(location.key(key.path()), on);
  }

  @Override
  public void check() throws IOException {
    String probe = location.key(Listing.PROBE);
    try {
      client.headBucket(
          head -> head.bucket(location.bucket()).overrideConfiguration(S3Clients.SHORT));
    } catch (SdkException e) {
      throw S3Failure.of("reach", location, "", e);
    }
    try {
      client.putObject(
          put -> put.bucket(location.bucket()).key(probe).overrideConfiguration(S3Clients.SHORT),
          RequestBody.fromBytes(new byte[] {1}));
      client.deleteObject(
          delete ->
              delete.bucket(location.bucket()).key(probe).overrideConfiguration(S3Clients.SHORT));
    } catch (SdkException e) {
      throw S3Failure.of("write to", location, probe, e);
    }
  }

  @Override
  public void close() {
    presigner.close();
    client.close();
  }

  /** Length of an object, -1 when there is none. */
  private long head(String deed, String object) throws IOException {
    try {
      return client
          .headObject(
              head ->
                  head.bucket(location.bucket()).key(object).overrideConfiguration(S3Clients.SHORT))
          .contentLength();
    } catch (S3Exception e) {
      if (isMissing(e)) {
        return -1;
      }
      throw S3Failure.of(deed, location, object, e);
    } catch (SdkException e) {
      throw S3Failure.of(deed, location, object, e);
    }
  }

  private EOFException tooShort(String object, long offset, long length) {
    return new EOFException(
        "s3://%s/%s has no %d bytes from %d".formatted(location.bucket(), object, length, offset));
  }

  private static boolean isMissing(S3Exception e) {
    return Listing.isMissing(e);
  }
}
