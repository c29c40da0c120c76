package dev.aftercall;

import dev.aftercall.Server.Parts;
import dev.aftercall.access.RuleBook;
import dev.aftercall.arrival.Mending;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.gate.HeldGate;
import dev.aftercall.http.Route;
import dev.aftercall.http.admin.AdminApplications;
import dev.aftercall.http.admin.AdminArrivals;
import dev.aftercall.http.admin.AdminAssignmentRules;
import dev.aftercall.http.admin.AdminConsents;
import dev.aftercall.http.admin.AdminDisposals;
import dev.aftercall.http.admin.AdminDoor;
import dev.aftercall.http.admin.AdminGrants;
import dev.aftercall.http.admin.AdminGroups;
import dev.aftercall.http.admin.AdminHeldContent;
import dev.aftercall.http.admin.AdminHolds;
import dev.aftercall.http.admin.AdminJournal;
import dev.aftercall.http.admin.AdminPolicies;
import dev.aftercall.http.admin.AdminPreview;
import dev.aftercall.http.admin.AdminPrices;
import dev.aftercall.http.admin.AdminRecordings;
import dev.aftercall.http.admin.AdminRetention;
import dev.aftercall.http.admin.AdminRetentionRules;
import dev.aftercall.http.admin.AdminShadow;
import dev.aftercall.http.admin.AdminStorage;
import dev.aftercall.http.admin.AdminTenant;
import dev.aftercall.http.admin.AdminTrash;
import dev.aftercall.http.admin.AdminUsage;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAcquaintance;
import dev.aftercall.jdbc.JdbcApplications;
import dev.aftercall.jdbc.JdbcAssignmentRules;
import dev.aftercall.jdbc.JdbcConsents;
import dev.aftercall.jdbc.JdbcGrants;
import dev.aftercall.jdbc.JdbcGroups;
import dev.aftercall.jdbc.JdbcKnownPeople;
import dev.aftercall.jdbc.JdbcPolicies;
import dev.aftercall.jdbc.JdbcTenantSwitches;
import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Journal;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.ruling.Warnings;
import dev.aftercall.shadow.Shadows;
import dev.aftercall.storage.Runs;
import java.util.ArrayList;
import java.util.List;

/** Part of the wiring diagram: the resources of administrators, all behind one door. */
final class Administration {
  private Administration() {}

  /** What administrators use; every resource of theirs stands behind the one door. */
  static AdminDoor door(Parts parts, Journal journal, String secret) {
    return new AdminDoor(new AdminGate(journal, parts.clock()), secret);
  }

  /** What rules a tenant, and what came of it. */
  static List<Route> ruling(
      Parts parts,
      AdminDoor door,
      RuleBook rules,
      Shadows shadows,
      Runs runs,
      JdbcAcquaintance acquaintance) {
    Database database = parts.database();
    JdbcGroups groups = new JdbcGroups(database);
    Warnings warnings = new Warnings(acquaintance, groups);
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AdminPolicies(new JdbcPolicies(database), warnings).routes(door));
    routes.addAll(new AdminGrants(new JdbcGrants(database), warnings).routes(door));
    routes.addAll(new AdminGroups(groups, warnings).routes(door));
    routes.addAll(new AdminConsents(new JdbcConsents(database), warnings).routes(door));
    routes.addAll(new AdminTenant(new JdbcTenantSwitches(database), warnings).routes(door));
    JdbcApplications applications = new JdbcApplications(database);
    routes.addAll(new AdminApplications(applications).routes(door));
    routes.addAll(
        new AdminUsage(applications, parts.tariff().prices().currency(), parts.clock())
            .routes(door));
    routes.addAll(new AdminPrices(parts.tariff()).routes(door));
    routes.addAll(new AdminJournal(new JournalReader(database)).routes(door));
    routes.addAll(new AdminPreview(rules, new JdbcKnownPeople(database)).routes(door));
    routes.addAll(new AdminShadow(shadows, rules, parts.clock()).routes(door));
    routes.addAll(new AdminStorage(runs, parts.ids(), parts.clock()).routes(door));
    return routes;
  }

  /** What recorders announced, and whose it is. */
  static List<Route> arrivals(Parts parts, AdminDoor door, Receiving receiving) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new AdminArrivals(
                receiving.arrivals().store(),
                receiving.desk(),
                new Mending(receiving.desk(), parts.ffmpeg(), parts.dataDir(), parts.ids()))
            .routes(door));
    routes.addAll(new AdminAssignmentRules(new JdbcAssignmentRules(parts.database())).routes(door));
    return routes;
  }

  /** What administrators govern the archive by. */
  static List<Route> archive(
      Parts parts, AdminDoor door, RetentionRun.Rooms rooms, RetentionRun run, Journal journal) {
    Outlook outlook = new Outlook(rooms, parts.retention());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new AdminRetentionRules(rooms.rules(), parts.ids()).routes(door));
    routes.addAll(new AdminRetention(rooms, outlook, run, parts.clock()).routes(door));
    routes.addAll(new AdminHolds(rooms, parts.ids(), parts.clock()).routes(door));
    routes.addAll(new AdminRecordings(rooms, outlook, parts.clock()).routes(door));
    HeldGate held =
        new HeldGate(rooms.archive(), rooms.holds(), rooms.contents(), journal, parts.clock());
    routes.addAll(new AdminHeldContent(held).routes(door));
    routes.addAll(new AdminTrash(rooms, outlook, parts.clock()).routes(door));
    routes.addAll(new AdminDisposals(rooms).routes(door));
    return routes;
  }
}
