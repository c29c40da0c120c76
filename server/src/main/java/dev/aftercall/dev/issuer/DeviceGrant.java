package dev.aftercall.dev.issuer;

import dev.aftercall.time.Ids;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code device_code} (RFC 8628): a person signs in on another screen than the client's. */
final class DeviceGrant implements Grant {
  static final String TYPE = "urn:ietf:params:oauth:grant-type:device_code";

  /** As Entra: a quarter of an hour, asked for every five seconds. */
  static final Duration LIFE = Duration.ofMinutes(15);

  static final int INTERVAL = 5;

  private static final int MOST = 1_000;

  /** No vowels, and nothing that looks like something else: RFC 8628, section 6.1. */
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

  /** What was begun: the code the client polls with and the one the person types. */
  record Begun(String deviceCode, String userCode) {}

  private final Tickets<Flow> byDevice;
  private final Tickets<Flow> byUser;
  private final InstantSource clock;
  private final Ids ids;

  DeviceGrant(InstantSource clock, Ids ids) {
    // Kept twice as long as they are good for, so that "expired" can be told from "unknown".
    this.byDevice = new Tickets<>(MOST, LIFE.multipliedBy(2), clock);
    this.byUser = new Tickets<>(MOST, LIFE, clock);
    this.clock = clock;
    this.ids = ids;
  }

  Begun begin(DevApp app, Scopes scopes) {
    Flow flow = new Flow(app, scopes, clock.instant().plus(LIFE));
    Begun begun = new Begun(ids.secret() + ids.secret(), userCode());
    byDevice.put(begun.deviceCode(), flow);
    byUser.put(begun.userCode(), flow);
    return begun;
  }

  /** The application that waits behind a user code, however it was typed. */
  Optional<DevApp> waiting(String userCode) {
    return byUser.get(typed(userCode)).map(Flow::app);
  }

  /**
   * A person decides.
   *
   * @param person whom to sign in, or empty to decline
   * @return whether a client waits behind that code
   */
  boolean decide(String userCode, Optional<DevUser> person) {
    Optional<Flow> flow = byUser.take(typed(userCode));
    flow.ifPresent(waiting -> waiting.decide(person));
    return flow.isPresent();
  }

  @Override
  public Granted check(Exchange exchange, Client client) {
    // "code" is what version 1 endpoints call it.
    String code =
        exchange
            .form()
            .get("device_code")
            .or(() -> exchange.form().get("code"))
            .orElseGet(() -> exchange.form().require("device_code"));
    Flow flow =
        byDevice
            .get(code)
            .filter(any -> any.app().equals(client.app()))
            .orElseThrow(DeviceGrant::unknown);
    DevUser user = flow.poll(clock.instant());
    if (byDevice.take(code).isEmpty()) {
      throw unknown();
    }
    return Granted.to(client, user, flow.scopes());
  }

  private String userCode() {
    ByteBuffer random = ByteBuffer.wrap(Base64.getUrlDecoder().decode(ids.secret()));
    StringBuilder code = new StringBuilder(9);
    for (int i = 0; i < 9; i++) {
      code.append(LETTERS.charAt(Math.floorMod(random.getShort(), LETTERS.length())));
    }
    return code.toString();
  }

  private static OAuthException unknown() {
    return new OAuthException(
        OAuthError.DEVICE_UNKNOWN, "The verification code is not known, or was redeemed before.");
  }

  private static String typed(String code) {
    return code.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT);
  }

  /** One device's sign-in. */
  private static final class Flow {
    private final DevApp app;
    private final Scopes scopes;
    private final Instant ends;
    private boolean decided;
    private @Nullable DevUser user;
    private @Nullable Instant polled;

    Flow(DevApp app, Scopes scopes, Instant ends) {
      this.app = app;
      this.scopes = scopes;
      this.ends = ends;
    }

    DevApp app() {
      return app;
    }

    Scopes scopes() {
      return scopes;
    }

    synchronized void decide(Optional<DevUser> person) {
      decided = true;
      user = person.orElse(null);
    }

    synchronized DevUser poll(Instant now) {
      if (decided && user != null) {
        return user;
      }
      if (decided) {
        throw new OAuthException(
            OAuthError.DEVICE_DECLINED, "The person declined to sign in on this device.");
      }
      if (!now.isBefore(ends)) {
        throw new OAuthException(
            OAuthError.DEVICE_EXPIRED,
            "OAuth 2.0 device flow error. The code has expired; begin again.");
      }
      // A second of grace: clients count the interval from their own sending.
      boolean early = polled != null && now.isBefore(polled.plusSeconds(INTERVAL - 1));
      polled = now;
      if (early) {
        throw new OAuthException(
            OAuthError.DEVICE_TOO_FAST,
            "OAuth 2.0 device flow error. Poll every " + INTERVAL + " seconds.");
      }
      throw new OAuthException(
          OAuthError.DEVICE_PENDING,
          "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");
    }
  }
}
