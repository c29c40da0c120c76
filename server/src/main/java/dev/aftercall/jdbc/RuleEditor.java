package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Policy;
import java.util.List;
import java.util.UUID;

/**
 * Changes what a tenant's administrators have ruled. Every method is one transaction that also
 * moves the version on, by which running servers notice.
 */
public final class RuleEditor {
  private final Database database;
  private final String tenant;

  /** Edits the rules of one tenant. */
  public RuleEditor(Database database, UUID tenant) {
    this.database = database;
    this.tenant = tenant.toString();
  }

  /** Whom a policy is granted to. */
  public sealed interface Grantee {
    /** One person. */
    record User(UUID id) implements Grantee {}

    /** A group; of several, the lowest rank counts. */
    record Group(UUID id, int rank) implements Grantee {}

    /** Everybody who has no other. */
    record Everyone() implements Grantee {}
  }

  /** A grant. */
  public record Grant(Grantee grantee, String policy) {}

  /** Makes a policy or replaces the applications of one. */
  public void putPolicy(Policy policy) {
    new JdbcPolicies(database).put(UUID.fromString(tenant), policy, new Precondition.Always());
  }

  /** Removes a policy with its grants; false when there is none of that name. */
  public boolean removePolicy(String name) {
    if (!hasPolicy(name)) {
      return false;
    }
    new JdbcPolicies(database).remove(UUID.fromString(tenant), name, new Precondition.Always());
    return true;
  }

  /** Whether there is a policy of that name. */
  public boolean hasPolicy(String name) {
    return new JdbcPolicies(database).find(UUID.fromString(tenant), name).isPresent();
  }

  /** All policies by name. */
  public List<Policy> policies() {
    return new JdbcPolicies(database)
        .list(UUID.fromString(tenant), Paging.ALL).items().stream().map(Versioned::value).toList();
  }

  /** Grants a policy in place of the one granted before. */
  public void grant(Grantee grantee, String policy) {
    change(
        handle ->
            handle.execute(
                "insert into access_policy_grant (tenant_id, grantee_kind, grantee_id, name,"
                    + " group_rank) values (?, ?, ?, ?, ?)"
                    + " on conflict (tenant_id, grantee_kind, grantee_id)"
                    + " do update set name = excluded.name, group_rank = excluded.group_rank",
                tenant,
                kind(grantee),
                id(grantee),
                policy,
                grantee instanceof Grantee.Group group ? group.rank() : 0));
  }

  /** Unassigns: whatever counts next counts then. False when there was no grant. */
  public boolean revoke(Grantee grantee) {
    return change(
        handle ->
            handle.execute(
                    "delete from access_policy_grant"
                        + " where tenant_id = ? and grantee_kind = ? and grantee_id = ?",
                    tenant,
                    kind(grantee),
                    id(grantee))
                > 0);
  }

  /** All grants. */
  public List<Grant> grants() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select grantee_kind, grantee_id, name, group_rank from access_policy_grant"
                        + " where tenant_id = :tenant order by grantee_kind, group_rank, grantee_id")
                .bind("tenant", tenant)
                .map(
                    (row, context) ->
                        new Grant(
                            grantee(row.getString(1), row.getString(2), row.getInt(4)),
                            row.getString(3)))
                .list());
  }

  private static Grantee grantee(String kind, String id, int rank) {
    return switch (kind) {
      case "user" -> new Grantee.User(UUID.fromString(id));
      case "group" -> new Grantee.Group(UUID.fromString(id), rank);
      default -> new Grantee.Everyone();
    };
  }

  private static String kind(Grantee grantee) {
    return switch (grantee) {
      case Grantee.User user -> "user";
      case Grantee.Group group -> "group";
      case Grantee.Everyone everyone -> "global";
    };
  }

  private static String id(Grantee grantee) {
    return switch (grantee) {
      case Grantee.User user -> user.id().toString();
      case Grantee.Group group -> group.id().toString();
      case Grantee.Everyone everyone -> "";
    };
  }

  /** Puts a person into a group or takes them out. */
  public void setMember(UUID group, UUID person, boolean member) {
    change(
        handle ->
            handle.execute(
                member
                    ? "insert into group_member (tenant_id, group_id, person_id) values (?, ?, ?)"
                        + " on conflict do nothing"
                    : "delete from group_member"
                        + " where tenant_id = ? and group_id = ? and person_id = ?",
                tenant,
                group.toString(),
                person.toString()));
  }

  /** Consents to a permission of an application in a chat, or takes it back. */
  public void setConsent(String threadId, String appId, String permission, boolean granted) {
    change(
        handle ->
            handle.execute(
                granted
                    ? "insert into chat_consent (tenant_id, thread_id, app_id, permission)"
                        + " values (?, ?, ?, ?) on conflict do nothing"
                    : "delete from chat_consent"
                        + " where tenant_id = ? and thread_id = ? and app_id = ? and permission = ?",
                tenant,
                threadId,
                appId,
                permission));
  }

  /** Lets the people on the invitation download, or only the organizer. */
  public void setParticipantDownload(boolean allowed) {
    set("participant_download", allowed);
  }

  /** Gives transcripts out through Graph, or not at all. */
  public void setGraphTranscriptAccess(boolean on) {
    set("graph_transcript_access", on);
  }

  /** Lets transcripts say who spoke, or only what was said. */
  public void setAttributedTranscripts(boolean on) {
    set("attributed_transcripts", on);
  }

  /** Sets one switch; the others keep what they are, or their defaults. */
  private void set(String column, boolean on) {
    change(
        handle ->
            handle.execute(
                "insert into tenant_setting (tenant_id, <column>) values (?, ?)"
                        .replace("<column>", column)
                    + " on conflict (tenant_id) do update set <column> = excluded.<column>"
                        .replace("<column>", column),
                tenant,
                on ? 1 : 0));
  }

  /** Exempts a group from the block on downloads, or no longer. */
  public void setDownloadExempt(UUID group, boolean exempt) {
    change(
        handle ->
            handle.execute(
                exempt
                    ? "insert into download_exempt_group (tenant_id, group_id) values (?, ?)"
                        + " on conflict do nothing"
                    : "delete from download_exempt_group where tenant_id = ? and group_id = ?",
                tenant,
                group.toString()));
  }

  /** The tenants that anything is known of. */
  public static List<UUID> tenants(Database database) {
    return database
        .read(
            handle ->
                handle
                    .createQuery(
                        "select tenant_id from tenant_setting union select tenant_id from meeting"
                            + " union select tenant_id from access_policy order by 1")
                    .mapTo(String.class)
                    .list())
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  private <T> T change(Database.Work<T> work) {
    return database.write(
        handle -> {
          T result = work.with(handle);
          handle.execute("update rules_version set version = version + 1 where only_row = 1");
          return result;
        });
  }
}
