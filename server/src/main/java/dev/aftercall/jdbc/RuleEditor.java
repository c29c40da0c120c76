package dev.aftercall.jdbc;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Paging;
import dev.aftercall.ruling.Consent;
import dev.aftercall.ruling.Grant;
import dev.aftercall.ruling.Grantee;
import dev.aftercall.ruling.GroupMember;
import dev.aftercall.ruling.Policy;
import dev.aftercall.ruling.Switches;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * One tenant's rules, changed however they stand: for the demo and for tests that set a scene. What
 * people change goes by {@code ruling}, with preconditions.
 */
public final class RuleEditor {
  private static final Precondition ALWAYS = new Precondition.Always();

  private final Database database;
  private final UUID tenant;

  /** Edits the rules of one tenant. */
  public RuleEditor(Database database, UUID tenant) {
    this.database = database;
    this.tenant = tenant;
  }

  /** Makes a policy or replaces one. */
  public void putPolicy(Policy policy) {
    new JdbcPolicies(database).put(tenant, policy, ALWAYS);
  }

  /** Removes a policy with its grants; false when there is none of that name. */
  public boolean removePolicy(String name) {
    boolean known = hasPolicy(name);
    if (known) {
      new JdbcPolicies(database).remove(tenant, name, ALWAYS);
    }
    return known;
  }

  /** Whether there is a policy of that name. */
  public boolean hasPolicy(String name) {
    return new JdbcPolicies(database).find(tenant, name).isPresent();
  }

  /** All policies by name. */
  public List<Policy> policies() {
    return values(new JdbcPolicies(database).list(tenant, Paging.ALL).items());
  }

  /** Grants a policy in place of the one granted before. */
  public void grant(Grantee grantee, String policy) {
    new JdbcGrants(database).put(tenant, Grant.of(grantee, policy), ALWAYS);
  }

  /** Grants a policy to a group by that rank. */
  public void grant(UUID group, int rank, String policy) {
    new JdbcGrants(database).put(tenant, new Grant(new Grantee.Group(group), policy, rank), ALWAYS);
  }

  /** Unassigns; false when there was no grant. */
  public boolean revoke(Grantee grantee) {
    JdbcGrants grants = new JdbcGrants(database);
    boolean granted = grants.find(tenant, grantee).isPresent();
    if (granted) {
      grants.remove(tenant, grantee, ALWAYS);
    }
    return granted;
  }

  /** All grants. */
  public List<Grant> grants() {
    return values(new JdbcGrants(database).list(tenant, Optional.empty(), Paging.ALL).items());
  }

  private static <T> List<T> values(List<Versioned<T>> items) {
    return items.stream().map(Versioned::value).toList();
  }

  /** Puts a person into a group, which need not be there, or takes them out. */
  public void setMember(UUID group, UUID person, boolean member) {
    set(group, new GroupMember.Person(person), member);
  }

  /** Puts a group into another, which need not be there, or takes it out. */
  public void setNested(UUID group, UUID within, boolean member) {
    set(group, new GroupMember.Nested(within), member);
  }

  private void set(UUID group, GroupMember member, boolean in) {
    JdbcGroups groups = new JdbcGroups(database);
    if (in) {
      if (groups.find(tenant, group).isEmpty()) {
        groups.put(tenant, group, "", ALWAYS);
      }
      groups.join(tenant, group, member, ALWAYS);
    } else if (groups.member(tenant, group, member).isPresent()) {
      groups.leave(tenant, group, member, ALWAYS);
    }
  }

  /** Consents to a permission of an application in a chat, or takes it back. */
  public void setConsent(String threadId, String appId, String permission, boolean granted) {
    JdbcConsents consents = new JdbcConsents(database);
    Consent consent = new Consent(threadId, appId, permission);
    if (granted) {
      consents.give(tenant, consent);
    } else if (consents.find(tenant, consent).isPresent()) {
      consents.takeBack(tenant, consent, ALWAYS);
    }
  }

  /** Lets the people on the invitation download, or only the organizer. */
  public void setParticipantDownload(boolean allowed) {
    set(switches -> switches.withParticipantDownload(allowed));
  }

  /** Gives transcripts out through Graph, or not at all. */
  public void setGraphTranscriptAccess(boolean on) {
    set(switches -> switches.withGraphTranscriptAccess(on));
  }

  /** Lets transcripts say who spoke, or only what was said. */
  public void setAttributedTranscripts(boolean on) {
    set(switches -> switches.withAttributedTranscripts(on));
  }

  /** Exempts a group from the block on downloads, or no longer. */
  public void setDownloadExempt(UUID group, boolean exempt) {
    set(
        switches -> {
          Set<UUID> groups = new HashSet<>(switches.exemptGroups());
          boolean _ = exempt ? groups.add(group) : groups.remove(group);
          return switches.withExemptGroups(groups);
        });
  }

  private void set(UnaryOperator<Switches> change) {
    new JdbcTenantSwitches(database).change(tenant, ALWAYS, change);
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
}
