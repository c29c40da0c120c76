package dev.aftercall.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aftercall.repair.RepairException.Kind;
import dev.aftercall.testing.Media;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is run, against a script in ffmpeg's place that takes down how it was called. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CommandTest {
  private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(1), 1 << 20);

  @TempDir Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void input() throws IOException {
    in = Files.write(folder.resolve("-in;$(id).mp4"), sample("moov-end.mp4"));
    out = folder.resolve("out.mp4");
  }

  private static byte[] sample(String name) {
    return Media.resource("/media/" + name);
  }

  /** A program whose last argument is in {@code $out}. */
  private Ffmpeg script(String body) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path program = bin.resolve("ffmpeg");
    Files.writeString(
        program,
        """
        #!/bin/sh
        printf '%%s\\n' "$@" > '%1$s/args'
        export -p > '%1$s/environment'
        for out in "$@"; do :; done
        out="${out#file:}"
        %2$s
        """
            .formatted(folder, body));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return Repair.find(Optional.of(program)).orElseThrow();
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(folder.resolve("args"));
  }

  private static String copying(Path file) {
    return "/bin/cp '" + file + "' \"$out\"";
  }

  @Test
  void rewritesWithFixedArgumentsAndNoEnvironment() throws IOException {
    Path good = Files.write(folder.resolve("good"), sample("faststart.mp4"));
    var media = script(copying(good)).remux(in, out, BOUNDS);
    assertThat(media.startsFast()).isTrue();
    assertThat(out).hasBinaryContent(sample("faststart.mp4"));
    assertThat(arguments())
        .containsSubsequence(
            "-nostdin", "-n", "-protocol_whitelist", "file,subfile", "-f", "mov", "-i")
        .containsSubsequence("-timelimit", "120", "-i")
        .containsSubsequence("-i", "file:" + in, "-c", "copy", "-movflags", "+faststart")
        .containsSubsequence("-fs", "1048576", "-f", "mp4", "file:" + out);
    assertThat(Files.readString(folder.resolve("environment")))
        .contains("LC_ALL")
        .doesNotContain("HOME=", "JAVA_HOME", "MAVEN");
  }

  @Test
  void saysWhatAWebmIs() throws IOException {
    Files.write(in, sample("live.webm"));
    script(copying(Files.write(folder.resolve("good"), sample("duration.webm"))))
        .remux(in, out, BOUNDS);
    assertThat(arguments())
        .containsSubsequence("-f", "matroska", "-i", "-c", "copy", "-f", "webm")
        .doesNotContain("-movflags");
  }

  @Test
  void encodesWhenNothingCanBeCopied() throws IOException {
    Path good = Files.write(folder.resolve("good"), sample("faststart.mp4"));
    String body =
        """
        case "$*" in
          *libx264*) %s;;
          *) echo 'Invalid data found' >&2; exit 1;;
        esac
        """
            .formatted(copying(good));
    assertThat(script(body).recover(in, out, BOUNDS)).isEqualTo(Ffmpeg.Saved.ENCODED);
    assertThat(arguments())
        .containsSubsequence("-err_detect", "ignore_err", "-i", "-c:v", "libx264");
    Files.delete(out);
    assertThat(script(copying(good)).recover(in, out, BOUNDS)).isEqualTo(Ffmpeg.Saved.COPIED);
    assertThat(arguments())
        .containsSubsequence("-fflags", "+genpts+discardcorrupt", "-i", "-c", "copy");
  }

  @Test
  void showsNoHeadOfAFragmentThatBrokeOff() throws IOException {
    Path good = Files.write(folder.resolve("good"), sample("faststart.mp4"));
    byte[] whole = sample("fragmented.mp4");
    int fragment = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("moof") - 4;
    Files.write(in, java.util.Arrays.copyOf(whole, fragment + 30));
    script(copying(good)).recover(in, out, BOUNDS);
    assertThat(arguments()).contains("subfile,,start,0,end," + fragment + ",,:" + in);
    Files.delete(out);
    Files.write(in, java.util.Arrays.copyOf(whole, fragment - 1)); // within media data
    script(copying(good)).recover(in, out, BOUNDS);
    assertThat(arguments()).contains("file:" + in);
  }

  @Test
  void repeatsTheLastWordsAndLeavesNothing() throws IOException {
    var ffmpeg =
        script(
            """
            echo half > "$out"
            i=0; while [ $i -lt 20000 ]; do echo "line $i" >&2; i=$((i+1)); done
            printf 'the \\033[31mlast\\033[0m word\\n' >&2
            exit 187
            """);
    var failure = catchThrowableOfType(RepairException.class, () -> ffmpeg.remux(in, out, BOUNDS));
    assertThat(failure.kind()).isEqualTo(Kind.FAILED);
    assertThat(failure)
        .hasMessageContaining("(187): line 19998; line 19999; the ?[31mlast?[0m word.")
        .hasMessageNotContaining("line 19997");
    assertThat(out).doesNotExist();
    assertThat(in).hasBinaryContent(sample("moov-end.mp4"));
  }

  @Test
  void believesNoFileThatDoesNotPlay() throws IOException {
    for (String body : List.of("echo half > \"$out\"", ":")) {
      var ffmpeg = script(body);
      var failure =
          catchThrowableOfType(RepairException.class, () -> ffmpeg.remux(in, out, BOUNDS));
      assertThat(failure.kind()).isEqualTo(Kind.FAILED);
      assertThat(failure).hasMessageContaining("does not play");
      assertThat(out).doesNotExist();
    }
  }

  @Test
  void endsAtTheDeadlineWithAllItsChildren() throws Exception {
    var ffmpeg = script("echo half > \"$out\"; echo $$ > '" + folder + "/pid'; /bin/sleep 600");
    var failure =
        catchThrowableOfType(
            RepairException.class,
            () -> ffmpeg.remux(in, out, new Bounds(Duration.ofMillis(1_500), 1 << 20)));
    assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(out).doesNotExist();
    Path pid = folder.resolve("pid");
    if (Files.exists(pid)) { // on a machine too busy to begin in time there is nothing to end
      var process = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
      process.ifPresent(still -> still.onExit().orTimeout(1, TimeUnit.MINUTES).join());
    }
  }

  @Test
  void writesNoMoreThanItMay() throws IOException {
    var ffmpeg = script("/bin/dd if=/dev/zero of=\"$out\" bs=1024 count=1020 2>/dev/null");
    var failure = catchThrowableOfType(RepairException.class, () -> ffmpeg.remux(in, out, BOUNDS));
    assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
    assertThat(out).doesNotExist();
  }

  @Test
  void overwritesNothing() throws IOException {
    Files.writeString(out, "mine");
    var ffmpeg = script("exit 1");
    assertThatThrownBy(() -> ffmpeg.remux(in, out, BOUNDS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(out).hasContent("mine");
  }

  @Test
  void saysThatNothingCanBeSaved() throws IOException {
    var ffmpeg = script("echo never > '" + folder + "/called'");
    byte[] whole = sample("moov-end.mp4");
    for (byte[] file : List.of(new byte[0], new byte[100])) {
      Files.write(in, file);
      var failure =
          catchThrowableOfType(RepairException.class, () -> ffmpeg.recover(in, out, BOUNDS));
      assertThat(failure.kind()).isEqualTo(Kind.BEYOND_REPAIR);
    }
    String text = new String(whole, StandardCharsets.ISO_8859_1).replace("moov", "free");
    Files.writeString(in, text, StandardCharsets.ISO_8859_1);
    assertThat(catchThrowableOfType(RepairException.class, () -> ffmpeg.recover(in, out, BOUNDS)))
        .hasMessageContaining("'moov'")
        .hasMessageContaining("untrunc");
    assertThat(folder.resolve("called")).doesNotExist();
  }

  @Test
  void drawsPicturesAtTheirTimes() throws IOException {
    var ffmpeg = script("echo jpeg > \"$out\"");
    ffmpeg.poster(in, folder.resolve("p.jpg"), Duration.ofMillis(61_500), BOUNDS);
    assertThat(arguments())
        .containsSubsequence("-ss", "61.500", "-f", "mov", "-i", "-frames:v", "1", "-f", "image2");
    assertThat(ffmpeg.previews(in, folder, 4, Duration.ofSeconds(80), BOUNDS))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("preview-1.jpg", "preview-2.jpg", "preview-3.jpg", "preview-4.jpg");
    assertThat(arguments()).containsSubsequence("-ss", "70.000");
    assertThatThrownBy(() -> ffmpeg.previews(in, folder, 101, Duration.ofSeconds(1), BOUNDS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesNoPreviewsOfAFailedJob() throws IOException {
    var ffmpeg = script("case \"$*\" in *'-ss 30.000'*) ;; *) echo jpeg > \"$out\";; esac");
    assertThatThrownBy(() -> ffmpeg.previews(in, folder, 3, Duration.ofSeconds(60), BOUNDS))
        .isInstanceOf(RepairException.class)
        .hasMessageContaining("no picture at 30.000");
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".jpg"));
    }
  }

  @Test
  void findsItWhereItIs() throws IOException {
    Path program = script("exit 0").program();
    Path bin = folder.resolve("bin");
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("ffmpeg"), "not executable");
    String path = other + File.pathSeparator + "bin" + File.pathSeparator + bin;
    assertThat(Repair.find(Optional.empty(), path)).map(Ffmpeg::program).hasValue(program);
    assertThat(Repair.find(Optional.empty(), "" + File.pathSeparator + other)).isEmpty();
    assertThat(Repair.find(Optional.of(bin), "")).map(Ffmpeg::program).hasValue(program);
    assertThat(Repair.find(Optional.of(other), path)).isEmpty();
    assertThat(Repair.find(Optional.of(folder.resolve("nothing")), path)).isEmpty();
  }

  @Test
  void saysWhatToInstallWhenItCannotBeRun() throws IOException {
    var ffmpeg = script("exit 0");
    Files.delete(ffmpeg.program());
    var failure = catchThrowableOfType(RepairException.class, () -> ffmpeg.remux(in, out, BOUNDS));
    assertThat(failure.kind()).isEqualTo(Kind.MISSING);
    assertThat(failure).hasMessageContaining("apt install ffmpeg");
  }
}
