package dev.aftercall.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.time.Ticks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Microsoft's table of expirations: a meeting from 9 to 10 on 1 January 2026. */
final class ExpiryTest {
  private static final long START = Ticks.parse("2026-01-01T09:00:00Z");
  private static final long END = Ticks.parse("2026-01-01T10:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "MEETNOW,   2026-01-01T17:00:00Z",
    "ADHOC,     9999-12-31T23:59:59.9999999Z",
    "SCHEDULED, 2026-03-02T10:00:00Z",
    "RECURRING, 2026-03-02T10:00:00Z",
    "BROADCAST, 2026-03-02T10:00:00Z"
  })
  void whenItIsMade(MeetingType type, String expiry) {
    assertThat(Expiry.of(type, START, END)).isEqualTo(Ticks.parse(expiry));
  }

  @ParameterizedTest
  @CsvSource({
    "MEETNOW,   2026-01-01T12:00:00Z, 2026-01-01T17:00:00Z",
    "ADHOC,     2026-01-01T12:00:00Z, 9999-12-31T23:59:59.9999999Z",
    "SCHEDULED, 2025-12-24T12:00:00Z, 2026-03-02T10:00:00Z",
    "SCHEDULED, 2026-01-01T10:00:00Z, 2026-03-02T10:00:00Z",
    "SCHEDULED, 2026-01-11T10:00:00Z, 2026-03-12T10:00:00Z",
    "RECURRING, 2026-03-02T10:00:00Z, 2026-05-01T10:00:00Z",
    "BROADCAST, 2026-01-02T10:00:00Z, 2026-03-03T10:00:00Z"
  })
  void whenItIsStartedOrUpdated(MeetingType type, String at, String expiry) {
    assertThat(Expiry.touched(type, START, END, Ticks.parse(at))).isEqualTo(Ticks.parse(expiry));
  }
}
