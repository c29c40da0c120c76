package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.recorder.RemoteTenant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Whose meetings are followed: those listed, and the members of groups as they are now. Graph has
 * no list of everybody's recordings, so somebody has to say whose.
 */
final class Organizers {
  private static final int MOST = 100_000;

  private Organizers() {}

  /**
   * The people.
   *
   * @param refused told of each group that may not be read
   * @throws FetchException where it is to be tried again
   */
  static Set<UUID> of(RemoteTenant remote, GraphClient client, Consumer<String> refused)
      throws FetchException {
    Set<UUID> people = new LinkedHashSet<>(remote.organizers());
    for (UUID group : remote.groups()) {
      String link =
          client.service()
              + "/groups/"
              + group
              + "/transitiveMembers/microsoft.graph.user?$select=id&$top=999";
      try {
        while (!link.isEmpty() && people.size() < MOST) {
          JsonNode page = client.get(link);
          for (JsonNode member : page.path("value")) {
            GraphIds.guid(member.path("id").asText()).ifPresent(people::add);
          }
          link = page.path("@odata.nextLink").asText();
        }
      } catch (FetchException e) {
        switch (e.kind()) {
          case REFUSED, GONE -> refused.accept(String.valueOf(e.getMessage()));
          default -> throw e;
        }
      }
    }
    return people;
  }
}
