package dev.aftercall.content.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class S3LocationTest {
  private static final long MIB = 1L << 20;

  @Test
  void hidesTheSecret() {
    assertThat(location("", "key", "hunter2", 5 * MIB).toString())
        .contains("accessKey=key", "secretKey=***")
        .doesNotContain("hunter2");
  }

  @Test
  void putsThePrefixInFrontOfEveryKey() {
    assertThat(location("a/b", null, null, 5 * MIB).key("t/x")).isEqualTo("a/b/t/x");
    assertThat(location("", null, null, 5 * MIB).key("t/x")).isEqualTo("t/x");
  }

  @Test
  void growsPartsSoThatTenThousandSuffice() {
    var location = location("", null, null, 16 * MIB);

    assertThat(location.partSizeFor(1)).isEqualTo(16 * MIB);
    assertThat(location.partSizeFor(160_000 * MIB)).isEqualTo(16 * MIB);
    assertThat(location.partSizeFor(160_000 * MIB + 1)).isEqualTo(16 * MIB + 1);
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> location("/a", null, null, 5 * MIB)).hasMessageContaining("prefix");
    assertThatThrownBy(() -> location("a/", null, null, 5 * MIB)).hasMessageContaining("prefix");
    assertThatThrownBy(() -> location("", "key", null, 5 * MIB)).hasMessageContaining("secret key");
    assertThatThrownBy(() -> location("", null, null, 5 * MIB - 1)).hasMessageContaining("5 MiB");
  }

  private static S3Location location(
      String prefix, @Nullable String accessKey, @Nullable String secretKey, long partSize) {
    return new S3Location(
        null, "eu-west-1", "bucket", prefix, accessKey, secretKey, false, true, false, partSize);
  }
}
