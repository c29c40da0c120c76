package dev.aftercall.jdbc;

import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.ruling.Nesting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The rules in force, read whole and kept in memory: deciding costs no SQL. {@link #refresh} looks
 * at a version number and reads anew only when it moved, whoever moved it, this process or another.
 * Plain JDBC, since it stands between the start of the process and the first answer.
 */
public final class JdbcRules implements RuleBook {
  private final Database database;
  private final HotStatement version;
  private final Rules unruled;
  private volatile Snapshot snapshot;

  private record Snapshot(
      long version, Map<UUID, Rules> tenants, Map<UUID, Set<UUID>> deactivated) {}

  /** Reads the rules as they stand, beside the operator's own. */
  public JdbcRules(Database database, boolean requireCalendarEvent) {
    this.database = database;
    this.unruled = Rules.NONE.requiringCalendarEvent(requireCalendarEvent);
    this.version = new HotStatement(database, "select version from rules_version");
    this.snapshot = load();
  }

  @Override
  public Rules of(UUID tenant) {
    return snapshot.tenants().getOrDefault(tenant, unruled);
  }

  /** Whether a directory has deactivated that person. */
  public boolean deactivated(UUID tenant, UUID person) {
    Map<UUID, Set<UUID>> gone = snapshot.deactivated();
    return !gone.isEmpty() && gone.getOrDefault(tenant, Set.of()).contains(person);
  }

  /** Takes changes up, and says whether there were any; cheap when there are none. */
  public boolean refresh() {
    if (version() == snapshot.version()) {
      return false;
    }
    snapshot = load();
    return true;
  }

  private long version() {
    try {
      return version.run(
          statement -> {
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getLong(1);
            }
          });
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the version of the rules failed.", e);
    }
  }

  private Snapshot load() {
    // The version first: a change that slips in between is read now and again at the next look.
    long version = version();
    try (Connection connection = database.readConnection()) {
      return new Snapshot(version, load(connection), deactivated(connection));
    } catch (SQLException e) {
      throw new IllegalStateException("Reading the rules failed.", e);
    }
  }

  private static Map<UUID, Set<UUID>> deactivated(Connection connection) throws SQLException {
    Map<UUID, Set<UUID>> gone = new HashMap<>();
    each(
        connection,
        "select tenant_id, user_id from scim_user where active = 0",
        row ->
            gone.computeIfAbsent(guid(row, "tenant_id"), any -> new HashSet<>())
                .add(guid(row, "user_id")));
    return gone;
  }

  private Map<UUID, Rules> load(Connection connection) throws SQLException {
    Map<UUID, Draft> drafts = new HashMap<>();
    Drafts draft = row -> drafts.computeIfAbsent(guid(row, "tenant_id"), any -> new Draft());
    each(
        connection,
        "select tenant_id, name from access_policy",
        row ->
            draft
                .apply(row)
                .policies
                .computeIfAbsent(row.getString("name"), any -> new HashSet<>()));
    each(
        connection,
        "select tenant_id, name, app_id from access_policy_app",
        row ->
            draft
                .apply(row)
                .policies
                .computeIfAbsent(row.getString("name"), any -> new HashSet<>())
                .add(row.getString("app_id")));
    each(
        connection,
        "select tenant_id, grantee_kind, grantee_id, name, group_rank from access_policy_grant"
            + " order by group_rank, grantee_id",
        row -> draft.apply(row).grant(row));
    each(
        connection,
        // Whom the directory deactivated is in no group until they are active again.
        "select tenant_id, group_id, person_id from group_member m where not exists (select 1"
            + " from scim_user u where u.tenant_id = m.tenant_id and u.user_id = m.person_id"
            + " and u.active = 0)",
        row ->
            draft
                .apply(row)
                .groups
                .computeIfAbsent(guid(row, "person_id"), any -> new HashSet<>())
                .add(guid(row, "group_id")));
    each(
        connection,
        "select tenant_id, group_id, member_group_id from group_in_group",
        row -> draft.apply(row).nesting.add(guid(row, "group_id"), guid(row, "member_group_id")));
    each(
        connection,
        "select tenant_id, thread_id, app_id, permission from chat_consent",
        row ->
            draft
                .apply(row)
                .consents
                .computeIfAbsent(row.getString("thread_id"), any -> new HashSet<>())
                .add(new Rules.Consent(row.getString("app_id"), row.getString("permission"))));
    each(
        connection,
        "select tenant_id, participant_download, graph_transcript_access, attributed_transcripts"
            + " from tenant_setting",
        row -> draft.apply(row).settings(row));
    each(
        connection,
        "select tenant_id, group_id from download_exempt_group",
        row -> draft.apply(row).exempt.add(guid(row, "group_id")));
    Map<UUID, Rules> tenants = new HashMap<>();
    drafts.forEach(
        (tenant, rules) -> tenants.put(tenant, rules.finished(unruled.calendarEventRequired())));
    return Map.copyOf(tenants);
  }

  /** Uses one row. */
  @FunctionalInterface
  private interface Use {
    void row(ResultSet row) throws SQLException;
  }

  /** Finds the draft a row belongs to. */
  @FunctionalInterface
  private interface Drafts {
    Draft apply(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Use use) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        use.row(row);
      }
    }
  }

  private static UUID guid(ResultSet row, String column) throws SQLException {
    return UUID.fromString(row.getString(column));
  }

  private static final class Draft {
    private final Map<String, Set<String>> policies = new HashMap<>();
    private final Map<UUID, String> userGrants = new HashMap<>();
    private final List<Rules.GroupGrant> groupGrants = new ArrayList<>();
    private Optional<String> globalGrant = Optional.empty();
    private final Map<UUID, Set<UUID>> groups = new HashMap<>();
    private final Nesting nesting = new Nesting();
    private final Map<String, Set<Rules.Consent>> consents = new HashMap<>();
    private boolean participants;
    private final Set<UUID> exempt = new HashSet<>();
    private Rules.Transcripts transcripts = Rules.Transcripts.OPEN;

    void settings(ResultSet row) throws SQLException {
      participants = row.getInt("participant_download") != 0;
      transcripts =
          new Rules.Transcripts(
              row.getInt("graph_transcript_access") != 0,
              row.getInt("attributed_transcripts") != 0);
    }

    void grant(ResultSet row) throws SQLException {
      String policy = row.getString("name");
      switch (row.getString("grantee_kind")) {
        case "user" -> userGrants.put(guid(row, "grantee_id"), policy);
        case "group" ->
            groupGrants.add(
                new Rules.GroupGrant(guid(row, "grantee_id"), row.getInt("group_rank"), policy));
        default -> globalGrant = Optional.of(policy);
      }
    }

    Rules finished(boolean requireCalendarEvent) {
      groups.replaceAll((person, theirs) -> nesting.withHolders(theirs));
      return new Rules(
          policies,
          userGrants,
          groupGrants,
          globalGrant,
          groups,
          consents,
          new Rules.Download(participants, exempt),
          transcripts,
          requireCalendarEvent);
    }
  }
}
