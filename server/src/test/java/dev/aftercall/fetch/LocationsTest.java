package dev.aftercall.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocationsTest {
  @ParameterizedTest
  @CsvSource({
    "https://bucket.s3.amazonaws.com/rec/weekly.mp4, bucket, rec/weekly.mp4",
    "https://bucket.s3.eu-central-1.amazonaws.com/a.mp4, bucket, a.mp4",
    "https://bucket.s3-us-west-2.amazonaws.com/a.mp4, bucket, a.mp4",
    "https://bucket.s3.dualstack.eu-west-1.amazonaws.com/a.mp4, bucket, a.mp4",
    "https://bucket.s3.cn-north-1.amazonaws.com.cn/a.mp4, bucket, a.mp4",
    "https://my.bucket.org.s3.amazonaws.com/a.mp4, my.bucket.org, a.mp4",
    "https://s3.amazonaws.com/bucket/rec/a.mp4, bucket, rec/a.mp4",
    "https://s3.eu-central-1.amazonaws.com/bucket/a.mp4, bucket, a.mp4",
    "https://s3-eu-west-1.amazonaws.com/bucket/a.mp4, bucket, a.mp4",
    "https://storage.googleapis.com/bucket/rec/a.mp4, bucket, rec/a.mp4",
    "https://bucket.storage.googleapis.com/rec/a.mp4, bucket, rec/a.mp4",
    "gs://bucket/rec/a.mp4, bucket, rec/a.mp4",
    "s3://bucket/rec/a b%20c.mp4, bucket, rec/a b%20c.mp4",
    "https://bucket.s3.amazonaws.com/weekly%20call.mp4, bucket, weekly call.mp4",
    "https://bucket.s3.amazonaws.com/weekly call.mp4, bucket, weekly call.mp4",
    "https://bucket.s3.amazonaws.com/100% done.mp4, bucket, 100% done.mp4",
    "https://bucket.s3.amazonaws.com/%FF.mp4, bucket, %FF.mp4",
    "https://bucket.s3.amazonaws.com/caf%C3%A9.mp4, bucket, café.mp4",
    "https://minio.example.org:9000/bucket/rec/a.mp4, bucket, rec/a.mp4",
    "https://bucket.minio.example.org:9000/rec/a.mp4, bucket, rec/a.mp4",
  })
  void recognisesObjects(String announced, String bucket, String key) {
    assertThat(Locations.of(announced, Optional.of(URI.create("https://minio.example.org:9000"))))
        .isEqualTo(new Location.Bucket(bucket, key));
  }

  @ParameterizedTest
  @CsvSource({
    "https://media.example.org/a.mp4, https://media.example.org/a.mp4",
    "HTTPS://Media.Example.org/A b.mp4, https://media.example.org/A%20b.mp4",
    "https://media.example.org/100%.mp4?x=%zz, https://media.example.org/100%25.mp4?x=%25zz",
    "https://media.example.org, https://media.example.org/",
    "https://acc.blob.core.windows.net/c/a.mp4, https://acc.blob.core.windows.net/c/a.mp4",
    "https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=1, https://b.s3.amazonaws.com/a.mp4?X-Amz-Signature=1",
    "https://minio.example.org/bucket/a.mp4, https://minio.example.org/bucket/a.mp4",
    "https://s3.amazonaws.com.evil.org/b/a.mp4, https://s3.amazonaws.com.evil.org/b/a.mp4",
    "https://s3.amazonaws.com/bucket, https://s3.amazonaws.com/bucket",
  })
  void leavesOtherAddresses(String announced, String url) {
    assertThat(Locations.of(announced)).isEqualTo(new Location.Web(URI.create(url)));
  }

  @ParameterizedTest
  @CsvSource({
    "/out/rec/a.mp4, /out/rec/a.mp4",
    "rec/a b.mp4, rec/a b.mp4",
    "file:///out/a%20b.mp4, /out/a b.mp4",
    "file:/out/a.mp4, /out/a.mp4",
    "file://localhost/out/a.mp4, /out/a.mp4",
    "C:a.mp4, C:a.mp4",
  })
  void takesTheRestForFiles(String announced, String path) {
    assertThat(Locations.of(announced)).isEqualTo(new Location.File(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "ftp://example.org/a.mp4",
        "s3://bucket",
        "s3://bucket/",
        "s3:///key",
        "https://user:secret@example.org/a.mp4",
        "https:///a.mp4",
        "https://exa mple.org/a.mp4",
        "file://fileserver/share/a.mp4",
        "javascript:/alert",
        "a\0b",
      })
  void refusesWhatIsNone(String announced) {
    assertThatThrownBy(() -> Locations.of(announced))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void recognisesMembersOfArchives() {
    assertThat(Locations.of("tar:.claimed/a b/x.tar!/video/y.tar!/z.mp4"))
        .isEqualTo(new Location.Member(".claimed/a b/x.tar", "video/y.tar!/z.mp4"))
        .hasToString("tar:.claimed/a b/x.tar!/video/y.tar!/z.mp4");
    assertThat(Locations.of("tar:x!/y")).isEqualTo(new Location.File("tar:x!/y"));
  }

  @Test
  void showsNoQuery() {
    assertThat(new Location.Web(URI.create("https://u:p@h.org:1/a?sig=secret#x")))
        .hasToString("https://h.org:1/a");
  }

  @ParameterizedTest
  @CsvSource({
    "media.example.org, https://media.example.org/a, true",
    "media.example.org, https://MEDIA.example.org./a, true",
    "media.example.org, https://media.example.org:443/a, true",
    "media.example.org, https://media.example.org:444/a, false",
    "media.example.org, http://media.example.org/a, true",
    "media.example.org, http://media.example.org:443/a, false",
    "media.example.org:9000, http://media.example.org:9000/a, true",
    "media.example.org:9000, http://media.example.org/a, false",
    "*.example.org, https://media.example.org/a, true",
    "*.example.org, https://a.b.example.org/a, true",
    "*.example.org, https://example.org/a, false",
    "*.example.org, https://evilexample.org/a, false",
    "*.example.org, https://example.org.evil.net/a, false",
    "example.org, https://media.example.org/a, false",
    "[::1], http://[::1]/a, true",
  })
  void matchesHosts(String pattern, String url, boolean matches) {
    assertThat(HostPattern.parse(pattern).matches(URI.create(url))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "*.org", "a.*.org", "*.10.0", "", "https://a.org", "a.org:0", "a.org:70000"})
  void refusesPatternsThatAreTooMuch(String pattern) {
    assertThatThrownBy(() -> HostPattern.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
