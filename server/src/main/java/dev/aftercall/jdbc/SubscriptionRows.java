package dev.aftercall.jdbc;

import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Subscription.Encryption;
import dev.aftercall.notification.Subscription.Target;
import dev.aftercall.notification.Topic;
import dev.aftercall.recording.Artifact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;

/** The rows of subscriptions, as they are written and read. */
final class SubscriptionRows {
  private static final String USER = "user";
  private static final String APPLICATION = "application";

  private SubscriptionRows() {}

  /** Binds every column by its name in camel case, but those of the lanes and positions. */
  static <S extends SqlStatement<S>> S bind(S statement, Subscription it) {
    Caller owner = it.owner();
    Target target = it.target();
    return statement
        .configure(SqlStatements.class, any -> any.setUnusedBindingAllowed(true))
        .bind("id", it.id().toString())
        .bind("tenant", owner.tenant().toString())
        .bind("app", owner.appId())
        .bind("ownerKind", owner instanceof Caller.User ? USER : APPLICATION)
        .bind("ownerId", owner.who())
        .bind("ownerName", name(owner))
        .bind("granted", String.join(" ", new TreeSet<>(granted(owner))))
        .bind("topic", it.topic().key())
        .bind("kind", Database.word(it.topic().kind()))
        .bind("calls", it.topic().calls() ? 1 : 0)
        .bind("scope", scope(it.topic().scope()))
        .bind("resource", it.resource())
        .bind("url", target.url())
        .bind("lifecycleUrl", target.lifecycleUrl().orElse(null))
        .bind("clientState", target.clientState().orElse(null))
        .bind("tls", target.tls())
        .bind("certificate", it.encryption().map(Encryption::certificate).orElse(null))
        .bind("certificateId", it.encryption().map(Encryption::certificateId).orElse(null))
        .bind("created", it.created())
        .bind("expires", it.expires())
        .bind("authorized", it.authorized())
        .bind("challenge", target.lifecycleUrl().isPresent() ? it.challenge() : null);
  }

  private static String name(Caller owner) {
    return switch (owner) {
      case Caller.User user -> user.upn();
      case Caller.Application app -> app.displayName();
    };
  }

  private static Set<String> granted(Caller owner) {
    return switch (owner) {
      case Caller.User user -> user.scopes();
      case Caller.Application app -> app.roles();
    };
  }

  private static String scope(Scope scope) {
    return switch (scope) {
      case Scope.Everything everything -> "tenant";
      case Scope.Installed installed -> "installed";
      case Scope.OfPerson(UUID oid) -> "person " + oid;
      case Scope.OfMeeting(MeetingId id, boolean byConsent) ->
          (byConsent ? "consent " : "meeting ") + id.encoded();
      case Scope.OfCall(UUID id) -> "call " + id;
    };
  }

  private static Scope scope(String text) {
    int blank = text.indexOf(' ');
    String id = text.substring(blank + 1);
    return switch (blank < 0 ? text : text.substring(0, blank)) {
      case "tenant" -> new Scope.Everything();
      case "installed" -> new Scope.Installed();
      case "person" -> new Scope.OfPerson(UUID.fromString(id));
      case "meeting" -> new Scope.OfMeeting(MeetingId.parse(id).orElseThrow(), false);
      case "consent" -> new Scope.OfMeeting(MeetingId.parse(id).orElseThrow(), true);
      case "call" -> new Scope.OfCall(UUID.fromString(id));
      default -> throw new IllegalStateException("Unknown scope of a subscription: " + text);
    };
  }

  static Subscription of(ResultSet row) throws SQLException {
    Optional<String> certificate = Optional.ofNullable(row.getString("certificate"));
    String certificateId = row.getString("certificate_id");
    return new Subscription(
        UUID.fromString(row.getString("subscription_id")),
        owner(row),
        new Topic(
            Artifact.Kind.valueOf(row.getString("artifact_kind").toUpperCase(Locale.ROOT)),
            row.getInt("calls") != 0,
            scope(row.getString("scope"))),
        row.getString("resource"),
        new Target(
            row.getString("url"),
            Optional.ofNullable(row.getString("lifecycle_url")),
            Optional.ofNullable(row.getString("client_state")),
            row.getString("tls")),
        certificate.map(it -> new Encryption(it, certificateId)),
        row.getLong("created_ticks"),
        row.getLong("expires_ticks"),
        row.getLong("authorized_ticks"));
  }

  private static Caller owner(ResultSet row) throws SQLException {
    UUID tenant = UUID.fromString(row.getString("tenant_id"));
    String app = row.getString("app_id");
    String name = row.getString("owner_name");
    Set<String> granted =
        Stream.of(row.getString("granted").split(" "))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    return row.getString("owner_kind").equals(USER)
        ? new Caller.User(tenant, app, UUID.fromString(row.getString("owner_id")), name, granted)
        : new Caller.Application(tenant, app, name, granted);
  }
}
