package dev.aftercall.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.time.Ids;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link ContentStore} promises. */
public abstract class ContentStoreContract {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String VIDEO = "video/mp4";
  private static final String ATTACHMENT = "attachment; filename=\"weekly.mp4\"";

  private final Ids ids = Ids.repeatable(1);
  private final ContentKey key = new ContentKey(ids.guid(), ids.guid());
  private final byte[] bytes = noise(10_000);

  @TempDir Path spool;

  /** The store under test: the same one, or one that sees the same content, at every call. */
  protected abstract ContentStore store() throws IOException;

  @Test
  void givesBackWhatItKeepsAndTakesTheFile() throws IOException {
    Path file = file(bytes);

    store().keep(key, file);

    assertThat(file).doesNotExist();
    assertThat(store().open(key)).hasValueSatisfying(c -> assertThat(c.size()).isEqualTo(10_000));
    assertThat(read(key, 0, 10_000)).isEqualTo(bytes);
  }

  @Test
  void readsExactlyTheRange() throws IOException {
    store().keep(key, file(bytes));

    assertThat(read(key, 0, 1)).isEqualTo(slice(0, 1));
    assertThat(read(key, 9_999, 1)).isEqualTo(slice(9_999, 10_000));
    assertThat(read(key, 100, 200)).isEqualTo(slice(100, 300));
    assertThat(read(key, 0, 0)).isEmpty();
    assertThat(read(key, 10_000, 0)).isEmpty();
  }

  @Test
  void readsByteByByteAndSkips() throws IOException {
    store().keep(key, file(bytes));

    try (InputStream in = store().read(key, 10, 5)) {
      assertThat(in.read()).isEqualTo(bytes[10] & 0xFF);
      in.skipNBytes(3);
      assertThat(in.read()).isEqualTo(bytes[14] & 0xFF);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[8])).isEqualTo(-1);
    }
  }

  @Test
  void refusesARangeBehindTheEnd() throws IOException {
    store().keep(key, file(bytes));

    assertThatThrownBy(() -> store().read(key, 9_999, 2)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store().read(key, 10_000, 1)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store().read(key, 10_001, 0)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store().read(key, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().read(key, 0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void letsAReaderLeaveEarly() throws IOException {
    store().keep(key, file(bytes));

    for (int i = 0; i < 200; i++) {
      try (InputStream in = store().read(key, 0, 10_000)) {
        assertThat(in.read()).isEqualTo(bytes[0] & 0xFF);
      }
    }
  }

  @Test
  void keepingAgainWithTheFileGoneChangesNothing() throws IOException {
    Path file = file(bytes);
    store().keep(key, file);

    store().keep(key, file);

    assertThat(read(key, 0, 10_000)).isEqualTo(bytes);
  }

  @Test
  void keepingAgainWithTheFileThereTakesEqualBytes() throws IOException {
    store().keep(key, file(bytes));
    Path again = file(bytes);

    store().keep(key, again);

    assertThat(again).doesNotExist();
    assertThat(read(key, 0, 10_000)).isEqualTo(bytes);
  }

  @Test
  void neverReplacesContentByOtherBytes() throws IOException {
    store().keep(key, file(bytes));
    byte[] changed = bytes.clone();
    changed[9_999]++;
    Path sameLength = file(changed);
    Path shorter = file(slice(0, 10));

    for (Path other : List.of(sameLength, shorter)) {
      assertThatThrownBy(() -> store().keep(key, other))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(other).exists();
    }
    assertThat(read(key, 0, 10_000)).isEqualTo(bytes);
  }

  @Test
  void refusesToKeepWhatIsNoFileWithContent() throws IOException {
    Path missing = spool.resolve("missing");
    Path link = Files.createSymbolicLink(spool.resolve("link"), file(bytes));

    assertThatThrownBy(() -> store().keep(key, missing)).isInstanceOf(NoSuchFileException.class);
    for (Path other : List.of(link, spool, file(new byte[0]))) {
      assertThatThrownBy(() -> store().keep(key, other)).hasMessageContaining("not a file");
      assertThat(other).exists();
    }
    assertThat(store().open(key)).isEmpty();
  }

  @Test
  void knowsNothingOfAnUnknownKey() throws IOException {
    assertThat(store().open(key)).isEmpty();
    assertThat(store().delete(key)).isFalse();
    assertThatThrownBy(() -> store().read(key, 0, 1)).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store().read(key, 0, 0)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void deletesOnce() throws IOException {
    store().keep(key, file(bytes));
    assertThat(store().open(key)).isPresent();

    assertThat(store().delete(key)).isTrue();

    assertThat(store().open(key)).isEmpty();
    assertThatThrownBy(() -> store().read(key, 0, 1)).isInstanceOf(NoSuchFileException.class);
    assertThat(store().delete(key)).isFalse();
  }

  @Test
  void keepsTenantsApart() throws IOException {
    ContentKey sameArtifact = new ContentKey(ids.guid(), key.artifact());
    store().keep(key, file(bytes));
    store().keep(sameArtifact, file(slice(0, 10)));

    assertThat(store().delete(key)).isTrue();

    assertThat(read(sameArtifact, 0, 10)).isEqualTo(slice(0, 10));
    assertThat(store().open(new ContentKey(ids.guid(), key.artifact()))).isEmpty();
  }

  @Test
  void keepsFilesLargerThanOnePart() throws IOException {
    byte[] large = noise((20 << 20) + 1);
    store().keep(key, file(large));

    assertThat(store().open(key))
        .hasValueSatisfying(c -> assertThat(c.size()).isEqualTo(large.length));
    assertThat(read(key, 0, large.length)).isEqualTo(large);
    assertThat(read(key, 20 << 20, 1)).containsExactly(large[20 << 20]);
  }

  @Test
  void keepsManyKeysAtOnce() throws Exception {
    List<ContentKey> keys = new ArrayList<>();
    List<Future<?>> kept = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        // Of one tenant and mostly in different folders, so that folders are made side by side.
        ContentKey each = new ContentKey(key.tenant(), ids.guid());
        keys.add(each);
        Path file = file(each.toString().getBytes(UTF_8));
        kept.add(
            threads.submit(
                () -> {
                  store().keep(each, file);
                  return null;
                }));
      }
    }
    for (Future<?> each : kept) {
      assertSucceeded(each);
    }
    for (ContentKey each : keys) {
      byte[] expected = each.toString().getBytes(UTF_8);
      assertThat(read(each, 0, expected.length)).isEqualTo(expected);
    }
  }

  @Test
  void isReadyToBeWritten() throws IOException {
    store().check();
  }

  @Test
  void deliversTheSameBytesByFileOrByUrl() throws Exception {
    store().keep(key, file(bytes));

    switch (store().open(key).orElseThrow()) {
      case Content.OnDisk disk -> assertThat(disk.file()).hasBinaryContent(bytes);
      case Content.Made made -> throw new AssertionError("Stores make nothing.");
      case Content.AtUrl remote -> {
        URI url = remote.presigner().get(Duration.ofMinutes(5), VIDEO, ATTACHMENT);
        var whole = get(url, null);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue(VIDEO);
        assertThat(whole.headers().firstValue("Content-Disposition")).hasValue(ATTACHMENT);

        var part = get(url, "bytes=100-299");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(slice(100, 300));
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 100-299/10000");

        assertThat(get(url, "bytes=20000-").statusCode()).isEqualTo(416);
        assertThat(url.getQuery()).contains("X-Amz-Expires=300");
        assertThat(get(tamper(url), null).statusCode()).isEqualTo(403);
      }
    }
  }

  @Test
  void listsInOrderPageByPage() throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ContentKey each = new ContentKey(i % 2 == 0 ? key.tenant() : ids.guid(), ids.guid());
      paths.add(each.path());
      store().keep(each, file(slice(0, i + 1)));
    }
    paths.sort(null);

    for (int limit : new int[] {1, 2, 7, 24, 25, 26, 1000}) {
      List<Stored> all = new ArrayList<>();
      List<Stored> page;
      do {
        page = store().list(all.isEmpty() ? "" : all.getLast().path(), limit);
        assertThat(page).hasSizeLessThanOrEqualTo(limit);
        all.addAll(page);
      } while (page.size() == limit);
      assertThat(all).extracting(Stored::path).isEqualTo(paths);
      assertThat(all)
          .allSatisfy(
              stored -> assertThat(stored.key().orElseThrow().path()).isEqualTo(stored.path()));
    }
    assertThat(store().list("", 1000))
        .allSatisfy(
            stored ->
                assertThat(store().open(stored.key().orElseThrow()).orElseThrow().size())
                    .isEqualTo(stored.size()));
  }

  @Test
  void goesOnBehindAMarkerThatIsGone() throws IOException {
    ContentKey next = new ContentKey(key.tenant(), ids.guid());
    List<ContentKey> both = new ArrayList<>(List.of(key, next));
    both.sort(Comparator.comparing(ContentKey::path));
    store().keep(key, file(bytes));
    store().keep(next, file(bytes));

    assertThat(store().delete(both.getFirst())).isTrue();

    assertThat(store().list(both.getFirst().path(), 10))
        .extracting(Stored::path)
        .containsExactly(both.getLast().path());
    assertThat(store().list(both.getLast().path(), 10)).isEmpty();
    assertThat(store().list("ffffffff", 10)).isEmpty();
  }

  @Test
  void looksAtOneKeyWithoutRemembering() throws IOException {
    assertThat(store().stat(key)).isEmpty();
    store().keep(key, file(bytes));
    assertThat(store().open(key)).isPresent();

    assertThat(store().stat(key))
        .hasValueSatisfying(
            stored -> {
              assertThat(stored.size()).isEqualTo(10_000);
              assertThat(stored.modified())
                  .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
            });
    assertThat(store().delete(key)).isTrue();
    assertThat(store().stat(key)).isEmpty();
  }

  @Test
  void setsAsideAndNeverOverWhatWasSetAsideBefore() throws IOException {
    assertThat(store().quarantine(key)).isEmpty();
    store().keep(key, file(bytes));

    assertThat(store().quarantine(key)).contains("quarantine/" + key.path());

    assertThat(store().open(key)).isEmpty();
    assertThat(store().stat(key)).isEmpty();
    assertThat(store().list("", 10)).isEmpty();
    store().keep(key, file(slice(0, 10)));
    assertThat(store().quarantine(key)).contains("quarantine/" + key.path() + ".2");
    assertThat(aside("quarantine/" + key.path())).isEqualTo(bytes);
    assertThat(aside("quarantine/" + key.path() + ".2")).isEqualTo(slice(0, 10));
  }

  /** The bytes at a path of the store that has no key. */
  protected abstract byte[] aside(String path) throws IOException;

  /** A new file with these bytes. */
  protected final Path file(byte[] content) throws IOException {
    return Files.write(Files.createTempFile(spool, "recording", ".mp4"), content);
  }

  private byte[] read(ContentKey of, long offset, long length) throws IOException {
    try (InputStream in = store().read(of, offset, length)) {
      return in.readAllBytes();
    }
  }

  private byte[] slice(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Not periodic, so that a shifted range shows. */
  protected static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  private static HttpResponse<byte[]> get(URI url, @Nullable String range)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(url);
    if (range != null) {
      request.header("Range", range);
    }
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static URI tamper(URI url) {
    String text = url.toString();
    int digit = text.indexOf("X-Amz-Signature=") + "X-Amz-Signature=".length();
    char other = text.charAt(digit) == '0' ? '1' : '0';
    return URI.create(text.substring(0, digit) + other + text.substring(digit + 1));
  }

  private static void assertSucceeded(Future<?> future) throws InterruptedException {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
