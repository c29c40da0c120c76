package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RequestIdsTest {
  private static final Instant START = Instant.parse("2026-01-31T09:00:00.123Z");

  private final Ids ids = Ids.repeatable(7);

  @Test
  void areGuidsOfTheSeventhVersion() {
    UUID id = at(START).next();
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(START.toEpochMilli());
  }

  @Test
  void sortAsTheyWereMade() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      made.add(at(START.plusMillis(i)).next().toString());
    }
    assertThat(made).isSorted();
  }

  @Test
  void differWithinAMillisecond() {
    RequestIds now = at(START);
    assertThat(List.of(now.next(), now.next(), now.next())).doesNotHaveDuplicates();
  }

  private RequestIds at(Instant instant) {
    return new RequestIds(ids, InstantSource.fixed(instant));
  }
}
