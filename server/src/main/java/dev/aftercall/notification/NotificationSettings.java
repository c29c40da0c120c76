package dev.aftercall.notification;

import dev.aftercall.outbound.AddressRules;

/**
 * To whom and how changes are told.
 *
 * @param addresses which may be called
 */
public record NotificationSettings(AddressRules addresses) {
  /** This machine too, in plain text: for development and tests. */
  public static final NotificationSettings DEVELOPMENT =
      new NotificationSettings(new AddressRules(any -> false, true));
}
