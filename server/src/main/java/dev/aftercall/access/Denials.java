package dev.aftercall.access;

import dev.aftercall.access.Decision.Deny;
import dev.aftercall.access.Denial.Refusal;
import dev.aftercall.access.Denial.Rule;
import dev.aftercall.identity.Caller;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The refusals that recordings, lists and meetings share, in Graph's own words. */
final class Denials {
  private Denials() {}

  static Decision deny(Rule rule, Refusal refusal, String message, String remedy) {
    return new Deny(new Denial(rule, refusal, message, remedy));
  }

  static Decision meNeedsUser() {
    return deny(
        Rule.ME_NEEDS_USER,
        Refusal.BAD_REQUEST,
        "/me request is only valid with delegated authentication flow.",
        "Call /users/{id} with an application's token, or sign a person in.");
  }

  /**
   * A person's token lacks a permission.
   *
   * @param required one of which is needed, the least first, with commas between
   */
  static Decision scope(Caller.User user, String required) {
    return deny(
        Rule.SCOPE,
        Refusal.FORBIDDEN,
        "Missing scope permissions on the request. API requires one of '"
            + required
            + "'. Scopes on the request '"
            + joined(user.scopes())
            + "'.",
        "Consent to the delegated permission " + least(required) + ".");
  }

  /** What Graph says to whoever lacks an application's permission. */
  static String missingRole(Caller caller, String required) {
    Set<String> roles = caller instanceof Caller.Application app ? app.roles() : Set.of();
    return "Missing role permissions on the request. API requires one of '"
        + required
        + "'. Roles on the request '"
        + joined(roles)
        + "'.";
  }

  /** The same where consent within a chat would do too. */
  static String missingRole(Caller caller, String required, String consents) {
    return missingRole(caller, required)
        + " Resource specific consent grants on the request '"
        + consents
        + "'.";
  }

  static Decision ownPath(Caller.User user) {
    return stranger(
        Rule.OWN_PATH, "Call /me or the signed-in user's own /users/" + user.oid() + ".");
  }

  static Decision stranger(Rule rule, String remedy) {
    return deny(
        rule, Refusal.FORBIDDEN, "3003: User does not have access to lookup meeting", remedy);
  }

  static Decision policy(Caller.Application app, UUID person) {
    return policy(
        app,
        "No application access policy found for this app "
            + app.appId()
            + " on the user "
            + person
            + ".");
  }

  static Decision policy(Caller.Application app, String message) {
    return deny(
        Rule.POLICY,
        Refusal.FORBIDDEN,
        message,
        "Grant the user, a group of theirs or the tenant an application access policy that names "
            + app.appId()
            + ".");
  }

  static Decision expired() {
    return deny(
        Rule.EXPIRY,
        Refusal.NOT_FOUND,
        "The requested resource does not exist.",
        "The meeting has expired; starting or updating it extends it by 60 days.");
  }

  static String least(String required) {
    return required.split(", ", -1)[0];
  }

  private static String joined(Set<String> permissions) {
    return String.join(", ", new TreeSet<>(permissions));
  }
}
