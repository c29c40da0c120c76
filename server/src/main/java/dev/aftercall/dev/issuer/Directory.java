package dev.aftercall.dev.issuer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The demo tenant: its people and its applications. */
public record Directory(UUID tenant, List<DevUser> users, List<DevApp> apps) {
  /** The words Entra takes in place of a tenant; here they all mean the one there is. */
  private static final Set<String> ANY = Set.of("common", "organizations", "consumers");

  /** Copies the lists. */
  public Directory {
    users = List.copyOf(users);
    apps = List.copyOf(apps);
  }

  /** The person of that sign-in name or object id, whatever the letters' case. */
  Optional<DevUser> user(String upnOrOid) {
    return users.stream()
        .filter(
            user ->
                user.upn().equalsIgnoreCase(upnOrOid)
                    || user.oid().toString().equalsIgnoreCase(upnOrOid))
        .findFirst();
  }

  /** The application of that client id. */
  Optional<DevApp> app(String clientId) {
    return apps.stream().filter(app -> app.clientId().equalsIgnoreCase(clientId)).findFirst();
  }

  /** Whether a path's tenant segment means this tenant: its id, a word for any, or a domain. */
  boolean isNamed(String segment) {
    String word = segment.toLowerCase(Locale.ROOT);
    return ANY.contains(word) || tenant.toString().equals(word) || domains().contains(word);
  }

  /** The domains of the people's sign-in names. */
  Set<String> domains() {
    Set<String> domains = new TreeSet<>();
    for (DevUser user : users) {
      domains.add(user.upn().substring(user.upn().indexOf('@') + 1).toLowerCase(Locale.ROOT));
    }
    return domains;
  }
}
