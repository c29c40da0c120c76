package dev.aftercall.config;

import static dev.aftercall.config.ValueTypes.integer;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Settings.Throttle;
import java.util.List;
import java.util.function.Function;

/** The limits of a throttle of one's own; they may be set only where it is used. */
final class ThrottleKeys {
  static final Key<Throttle, Integer> GET_PER_APP =
      key(
          "get.per-app",
          "GETs a second of one application, all tenants together",
          s -> s.get().perApp());

  static final Key<Throttle, Integer> GET_PER_APP_AND_TENANT =
      key(
          "get.per-app-and-tenant",
          "GETs a second of one application in one tenant",
          s -> s.get().perAppAndTenant());

  static final Key<Throttle, Integer> GET_PER_USER =
      key("get.per-user", "GETs a second for one person", s -> s.get().perUser());

  static final Key<Throttle, Integer> WRITE_PER_APP =
      key(
          "write.per-app",
          "Other requests a second of one application, all tenants together",
          s -> s.write().perApp());

  static final Key<Throttle, Integer> WRITE_PER_APP_AND_TENANT =
      key(
          "write.per-app-and-tenant",
          "Other requests a second of one application in one tenant",
          s -> s.write().perAppAndTenant());

  static final Key<Throttle, Integer> WRITE_PER_USER =
      key("write.per-user", "Other requests a second for one person", s -> s.write().perUser());

  /** All of them. */
  static final List<Key<Throttle, ?>> ALL =
      List.of(
          GET_PER_APP,
          GET_PER_APP_AND_TENANT,
          GET_PER_USER,
          WRITE_PER_APP,
          WRITE_PER_APP_AND_TENANT,
          WRITE_PER_USER);

  private ThrottleKeys() {}

  private static Key<Throttle, Integer> key(
      String name, String description, Function<Throttle, Integer> reader) {
    return new Key<>(
        "throttle." + name,
        integer(0, 1_000_000),
        new Default("0"),
        false,
        description + "; 0 for any number.",
        reader);
  }
}
