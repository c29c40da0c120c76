package dev.aftercall.http;

import java.time.InstantSource;

/** The Date field, made anew once a second. */
final class HttpDate {
  private final InstantSource clock;
  private volatile Made made;

  private record Made(long second, String text) {}

  HttpDate(InstantSource clock) {
    this.clock = clock;
    this.made = make(clock.instant().getEpochSecond());
  }

  String now() {
    long second = clock.instant().getEpochSecond();
    Made last = made;
    if (last.second() != second) {
      last = make(second);
      made = last;
    }
    return last.text();
  }

  private static Made make(long second) {
    return new Made(second, Conditions.httpDate(second));
  }
}
