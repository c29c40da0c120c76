package dev.aftercall.fetch.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class FolderFetcherTest {
  @TempDir Path temp;
  private Path root;
  private FolderFetcher fetcher;

  @BeforeEach
  void share() throws IOException {
    root = Files.createDirectories(temp.resolve("out"));
    Files.createDirectories(root.resolve("rec"));
    Files.writeString(root.resolve("rec/a.mp4"), "0123456789");
    Files.writeString(temp.resolve("secret"), "secret");
    fetcher = new FolderFetcher(new Access.Folder(root, Optional.of("/home/egress/out")), 100);
  }

  private static String all(Fetched fetched) throws IOException {
    try (fetched) {
      return new String(fetched.bytes().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private FetchException failure(String path) {
    FetchException failure =
        catchThrowableOfType(
            FetchException.class,
            () -> fetcher.open(new Location.File(path), 0, Optional.empty()).close());
    assertThat(failure).as(path).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rec/a.mp4", "/home/egress/out/rec/a.mp4", "./rec//a.mp4"})
  void readsAFileAsTheRecorderNamesIt(String path) throws IOException {
    var fetched = fetcher.open(new Location.File(path), 0, Optional.empty());
    assertThat(fetched.total()).hasValue(10);
    assertThat(all(fetched)).isEqualTo("0123456789");
  }

  @Test
  void readsByItsOwnPathWhereBothSeeTheSame() throws IOException {
    var same = new FolderFetcher(new Access.Folder(root, Optional.empty()), 100);
    var file = new Location.File(root.resolve("rec/a.mp4").toString());
    assertThat(all(same.open(file, 0, Optional.empty()))).isEqualTo("0123456789");
  }

  @Test
  void readsAMemberOfAnArchiveAndGoesOnInIt() throws Exception {
    Files.writeString(root.resolve("b.mp4"), "abc".repeat(20));
    Process tar =
        new ProcessBuilder("tar", "cf", "all.tar", "rec/a.mp4", "b.mp4", "rec")
            .directory(root.toFile())
            .start();
    assertThat(tar.waitFor(30, TimeUnit.SECONDS)).isTrue();
    var large = new FolderFetcher(new Access.Folder(root, Optional.empty()), 60);
    var member = new Location.Member("all.tar", "b.mp4");
    Optional<String> validator;
    try (var whole = large.open(member, 0, Optional.empty())) {
      validator = whole.validator();
      assertThat(whole.total()).hasValue(60);
      assertThat(all(whole)).isEqualTo("abc".repeat(20));
    }
    try (var rest = large.open(member, 55, validator)) {
      assertThat(rest.from()).isEqualTo(55);
      assertThat(all(rest)).isEqualTo("bcabc");
    }
    var gone =
        catchThrowableOfType(
            FetchException.class,
            () -> large.open(new Location.Member("all.tar", "c"), 0, Optional.empty()).close());
    assertThat(gone.kind()).isEqualTo(Kind.GONE);
    var broken =
        catchThrowableOfType(
            FetchException.class,
            () -> large.open(new Location.Member("b.mp4", "c"), 0, Optional.empty()).close());
    assertThat(broken.kind()).isEqualTo(Kind.BROKEN);
    assertThat(broken).hasMessageContaining("no tar archive");
  }

  @Test
  void goesOnUnlessTheFileIsAnother() throws IOException {
    var file = new Location.File("rec/a.mp4");
    Optional<String> validator;
    try (var fetched = fetcher.open(file, 0, Optional.empty())) {
      validator = fetched.validator();
    }
    var further = fetcher.open(file, 4, validator);
    assertThat(further.from()).isEqualTo(4);
    assertThat(all(further)).isEqualTo("456789");
    Files.writeString(root.resolve("rec/a.mp4"), "ABCDEFGHIJK");
    assertThat(all(fetcher.open(file, 4, validator))).isEqualTo("ABCDEFGHIJK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "rec/../../secret",
        "/home/egress/out/../secret",
        "/home/egress/outer/a.mp4",
        "/etc/passwd",
        "/",
        "",
        ".",
        "rec",
        "rec/",
        "rec/a.mp4/",
        "a\0b"
      })
  void leadsNowhereElse(String path) {
    var failure = failure(path);
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS);
    assertThat(failure.lasting()).isTrue();
  }

  @Test
  void followsNoLink() throws IOException {
    Files.createSymbolicLink(root.resolve("link.mp4"), temp.resolve("secret"));
    Files.createSymbolicLink(root.resolve("up"), temp);
    Files.createSymbolicLink(root.resolve("inside.mp4"), root.resolve("rec/a.mp4"));
    for (String path : new String[] {"link.mp4", "up/secret", "inside.mp4"}) {
      assertThat(failure(path)).hasMessageContaining("symbolic link");
    }
  }

  @Test
  void waitsForNoPipe() throws Exception {
    Path pipe = root.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThat(failure("pipe")).hasMessageContaining("pipe");
  }

  @Test
  void isNotOutrunByWhoeverSwapsNames() throws Exception {
    Path swapped = root.resolve("swapped");
    Path mine = Files.createDirectories(temp.resolve("mine"));
    Files.writeString(mine.resolve("secret"), "mine");
    Path real = root.resolve("real");
    Files.createDirectories(real);
    Files.writeString(real.resolve("secret"), "shared");
    var done = new AtomicBoolean();
    Thread swapping =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!done.get()) {
                      Files.move(real, swapped);
                      Files.move(swapped, real);
                      Files.createSymbolicLink(swapped, temp);
                      Files.delete(swapped);
                    }
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    for (int i = 0; i < 5_000; i++) {
      try {
        assertThat(all(fetcher.open(new Location.File("swapped/secret"), 0, Optional.empty())))
            .isEqualTo("shared");
      } catch (FetchException e) {
        assertThat(e.kind()).isIn(Kind.GONE, Kind.FORBIDDEN_ADDRESS, Kind.BROKEN);
      }
    }
    done.set(true);
    swapping.join();
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(failure("rec/b.mp4").kind()).isEqualTo(Kind.GONE);
    assertThat(failure("rec/b.mp4").lasting()).isFalse();
    assertThat(failure("rec/a.mp4/b").kind()).isEqualTo(Kind.GONE);
    Files.write(root.resolve("large"), new byte[101]);
    assertThat(failure("large").kind()).isEqualTo(Kind.TOO_LARGE);
    var unmounted = new FolderFetcher(new Access.Folder(temp.resolve("nfs"), Optional.empty()), 1);
    assertThatThrownBy(() -> unmounted.open(new Location.File("a"), 0, Optional.empty()))
        .hasMessageContaining("mounted");
  }

  @Test
  void noticesThatAFileShrinks() throws IOException {
    try (var fetched = fetcher.open(new Location.File("rec/a.mp4"), 0, Optional.empty())) {
      Files.writeString(root.resolve("rec/a.mp4"), "012");
      assertThatThrownBy(() -> fetched.bytes().readAllBytes())
          .isInstanceOf(FetchException.class)
          .hasMessageContaining("3 of 10");
    }
  }
}
