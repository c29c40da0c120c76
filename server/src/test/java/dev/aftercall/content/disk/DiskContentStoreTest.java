package dev.aftercall.content.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.ContentStoreContract;
import dev.aftercall.content.Stored;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskContentStoreTest extends ContentStoreContract {
  private final Ids ids = Ids.repeatable(2);
  private final ContentKey key = new ContentKey(ids.guid(), ids.guid());
  private final byte[] bytes = noise(5_000);

  @TempDir Path home;
  private Path root;
  private DiskContentStore store;

  @BeforeEach
  void openStore() throws IOException {
    root = home.resolve("archive/content");
    store = new DiskContentStore(root);
  }

  @Override
  protected ContentStore store() {
    return store;
  }

  @Override
  protected byte[] aside(String path) throws IOException {
    return Files.readAllBytes(root.resolve(path));
  }

  @Test
  void listsWhatIsNotItsOwnWithoutAKey() throws IOException {
    store.keep(key, file(bytes));
    Files.createDirectories(root.resolve("zebra/deep"));
    Files.write(root.resolve("zebra/deep/stripe"), bytes);
    Files.write(root.resolve(key.path() + ".partial"), bytes);
    Files.createSymbolicLink(root.resolve("loop"), root);

    assertThat(store.list("", 10))
        .extracting(Stored::path)
        .containsExactly(key.path(), key.path() + ".partial", "loop", "zebra/deep/stripe");
    assertThat(store.list("", 10))
        .filteredOn(stored -> stored.key().isPresent())
        .extracting(Stored::path)
        .containsExactly(key.path());
    assertThat(store.list("loop", 10))
        .extracting(Stored::path)
        .containsExactly("zebra/deep/stripe");
  }

  @Test
  void leavesOnlyTheFileUnderItsKey() throws IOException {
    store.keep(key, file(bytes));
    store.check();

    assertThat(files()).containsExactly(key.path());
    assertThat(root.resolve(key.path())).hasBinaryContent(bytes);
  }

  @Test
  void copiesFromAnotherFilesystem() throws IOException {
    var far = new DiskContentStore(root, new OtherFilesystem());
    Path file = file(bytes);

    far.keep(key, file);

    assertThat(file).doesNotExist();
    assertThat(files()).containsExactly(key.path());
    assertThat(root.resolve(key.path())).hasBinaryContent(bytes);
  }

  @Test
  void startsTheCopyOfAKilledProcessAgain() throws IOException {
    Path partial = root.resolve(key.path() + ".partial");
    Files.createDirectories(partial.resolveSibling("."));
    Files.write(partial, noise(9_000));

    new DiskContentStore(root, new OtherFilesystem()).keep(key, file(bytes));

    assertThat(files()).containsExactly(key.path());
    assertThat(root.resolve(key.path())).hasBinaryContent(bytes);
  }

  @Test
  void deletesWhatAKilledCopyLeft() throws IOException {
    store.keep(key, file(bytes));
    Files.write(root.resolve(key.path() + ".partial"), bytes);

    assertThat(store.delete(key)).isTrue();

    assertThat(files()).isEmpty();
  }

  @Test
  void aFullDiskLeavesTheFileAndNothingElse() throws IOException {
    var full =
        new DiskContentStore(
            root,
            new OtherFilesystem() {
              @Override
              public void copy(Path from, Path to) throws IOException {
                Files.write(to, noise(100));
                throw new FileSystemException(to.toString(), null, "No space left on device");
              }
            });
    Path file = file(bytes);

    assertThatThrownBy(() -> full.keep(key, file)).hasMessageContaining("No space left");

    assertThat(file).hasBinaryContent(bytes);
    assertThat(files()).isEmpty();
    assertThat(store.open(key)).isEmpty();
  }

  @Test
  void whatCannotBeSyncedIsGivenBack() throws IOException {
    Path file = file(bytes);
    var vanishing =
        new DiskContentStore(
            root,
            new OtherFilesystem() {
              @Override
              public void rename(Path from, Path to) throws IOException {
                // The folder is not there to be synced after the first rename.
                Path away = root.resolveSibling(root.getFileName() + "-away");
                if (from.equals(file)) {
                  Transfer.LOCAL.rename(from, to);
                  Files.move(root, away);
                } else {
                  Files.move(away, root);
                  Transfer.LOCAL.rename(from, to);
                }
              }
            });

    assertThatThrownBy(() -> vanishing.keep(key, file)).isInstanceOf(IOException.class);

    assertThat(file).hasBinaryContent(bytes);
    assertThat(files()).isEmpty();
  }

  @Test
  void followsNoLinkOutOfTheRoot() throws IOException {
    Path outside = home.resolve("outside");
    Files.createDirectories(outside.resolve(key.artifact().toString().substring(0, 2)));
    Path stolen = outside.resolve(key.path().substring(key.path().indexOf('/') + 1));
    Files.write(stolen, bytes);
    Files.createSymbolicLink(root.resolve(key.tenant().toString()), outside);
    Path file = file(bytes);

    assertThatThrownBy(() -> store.open(key)).hasMessageContaining("a link");
    assertThatThrownBy(() -> store.read(key, 0, 1)).hasMessageContaining("a link");
    assertThatThrownBy(() -> store.delete(key)).hasMessageContaining("a link");
    assertThatThrownBy(() -> store.keep(key, file)).hasMessageContaining("a link");
    assertThat(file).exists();
    assertThat(stolen).exists();
  }

  @Test
  void aLinkInPlaceOfAFileIsNoContent() throws IOException {
    Path target = root.resolve(key.path());
    Files.createDirectories(target.resolveSibling("."));
    Files.createSymbolicLink(target, Files.write(home.resolve("outside.mp4"), bytes));

    assertThat(store.open(key)).isEmpty();
    assertThatThrownBy(() -> store.read(key, 0, 1)).isInstanceOf(IOException.class);
  }

  @Test
  void theRootItselfMayBeALink() throws IOException {
    Path link = Files.createSymbolicLink(home.resolve("link"), root);
    new DiskContentStore(link).keep(key, file(bytes));

    assertThat(files()).containsExactly(key.path());
  }

  @Test
  void saysWhenTheRootCannotBeWritten() throws IOException {
    // Not even root may write into sysfs, so that this holds for whoever runs the tests.
    var readOnly = new DiskContentStore(Path.of("/sys/kernel"));

    assertThatThrownBy(readOnly::check)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write to the content folder /sys/kernel: ")
        .hasMessageContaining("writable by this user");
  }

  @Test
  void saysWhenTheRootIsGone() throws IOException {
    Files.delete(root);

    assertThatThrownBy(store::check)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(root.toString())
        .hasMessageContaining("mounted");
  }

  @Test
  void refusesARootThatIsAFile() throws IOException {
    Path file = file(bytes);

    assertThatThrownBy(() -> new DiskContentStore(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot make the content folder " + file);
  }

  private List<String> files() throws IOException {
    try (var walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).map(f -> root.relativize(f).toString()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A store whose folder lies on another filesystem than every file handed over. */
  private static class OtherFilesystem implements Transfer {
    @Override
    public void rename(Path from, Path to) throws IOException {
      if (!to.startsWith(from.resolveSibling(".").normalize())) {
        throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "cross-device");
      }
      Transfer.LOCAL.rename(from, to);
    }

    @Override
    public void copy(Path from, Path to) throws IOException {
      Transfer.LOCAL.copy(from, to);
    }
  }
}
