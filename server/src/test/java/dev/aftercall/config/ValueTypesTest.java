package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypesTest {
  private static final ValueType<Duration> DURATION = Quantity.duration("1ms", "365d");
  private static final ValueType<Long> SIZE = Quantity.size("1B", "5TiB");

  @ParameterizedTest
  @CsvSource({
    "250ms,250,250ms",
    "90s,90000,90s",
    "120s,120000,2m",
    "24h,86400000,1d",
    "7 d,604800000,7d"
  })
  void durations(String text, long millis, String printed) {
    assertThat(DURATION.parse(text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(DURATION.format(Duration.ofMillis(millis))).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource({
    "16MiB,16777216,16MiB",
    "5MB,5000000,5MB",
    "1B,1,1B",
    "1024KiB,1048576,1MiB",
    "1TB,1000000000000,1TB"
  })
  void sizes(String text, long bytes, String printed) {
    assertThat(SIZE.parse(text)).isEqualTo(bytes);
    assertThat(SIZE.format(bytes)).isEqualTo(printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "30|'30' has no unit",
        "-5s|'-5s' is not a whole number with a unit",
        "1.5h|'1.5h' is not a whole number with a unit",
        "5 minutes|'minutes' is not a unit; units are d, h, m, s, ms",
        "0s|0s is out of bounds",
        "366d|366d is out of bounds",
        "99999999999999999999d|99999999999999999999d is out of bounds",
        "9223372036854775807d|9223372036854775807d is out of bounds"
      })
  void noDurations(String text, String wrong) {
    refuses(DURATION, text, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "1024|'1024' has no unit",
        "5Mb|'Mb' is not a unit; units are TiB, TB, GiB, GB, MiB, MB, KiB, KB, B",
        "6TiB|6TiB is out of bounds"
      })
  void noSizes(String text, String wrong) {
    refuses(SIZE, text, wrong);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "65536|65536 is out of bounds",
        "-1|-1 is out of bounds",
        "0x50|'0x50' is not a number in bounds"
      })
  void noPorts(String text, String wrong) {
    refuses(ValueTypes.port(), text, wrong);
  }

  @ParameterizedTest
  @CsvSource({"yes", "TRUE", "1"})
  void noBooleans(String text) {
    refuses(ValueTypes.bool(), text, "'%s' is not true or false".formatted(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "ftp://h|'ftp://h' is not an absolute http or https URL",
        "recordings.example.com|'recordings.example.com' is not an absolute http or https URL",
        "https://|'https://' is not a URL",
        "https://h/path|'https://h/path' has a path",
        "https://h?q|'https://h?q' has a query or a fragment",
        "https://u@h|the URL carries a user or a password"
      })
  void noOrigins(String text, String wrong) {
    refuses(ValueTypes.origin(), text, wrong);
  }

  @Test
  void originLosesItsLoneSlash() {
    assertThat(ValueTypes.origin().parse("https://h:1/")).hasToString("https://h:1");
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "::", "::1", "localhost", "node-1.example.com"})
  void hosts(String text) {
    assertThat(ValueTypes.host().parse(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "[::1]|'[::1]' has brackets",
        "a b|'a b' is not an IP address or a host name",
        "h:80|'h:80' is not an IP address or a host name"
      })
  void noHosts(String text, String wrong) {
    refuses(ValueTypes.host(), text, wrong);
  }

  @Test
  void lists() {
    ValueType<?> list = ValueTypes.listOf(ValueTypes.text());
    assertThat(list.parse("a, b ,c")).hasToString("[a, b, c]");
    refuses(list, "a,,b", "the list has an empty element");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.0.1,true",
    "10.0.0.0/8,11.0.0.0,false",
    "10.0.0.128/25,10.0.0.127,false",
    "192.0.2.7,192.0.2.7,true",
    "192.0.2.7,192.0.2.8,false",
    "fd00::/8,fdff::1,true",
    "::/0,::1,true",
    "0.0.0.0/0,::1,false",
    "0.0.0.0/0,::ffff:1.2.3.4,true"
  })
  void ranges(String range, String address, boolean inside) {
    assertThat(CidrRange.parse(range).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "10.0.0.1/8|10.0.0.1 has bits set beyond its prefix /8",
        "10.0.0.0/33|prefix /33 is not between /0 and /32",
        "10.0.0.0/x|'/x' is not a prefix length",
        "proxy.example.com|'proxy.example.com' is not an IP address"
      })
  void noRanges(String text, String wrong) {
    refuses(ValueTypes.cidr(), text, wrong);
  }

  @Test
  void noGuids() {
    refuses(ValueTypes.guid(), "1-1-1-1-1", "'1-1-1-1-1' is not a GUID");
  }

  private static void refuses(ValueType<?> type, String text, String wrong) {
    assertThatThrownBy(() -> type.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wrong);
  }
}
