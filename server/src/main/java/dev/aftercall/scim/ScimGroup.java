package dev.aftercall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.meeting.GraphIds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A group as a directory sends it.
 *
 * @param members people's ids
 */
public record ScimGroup(String displayName, Optional<String> externalId, Set<UUID> members) {
  /** Reads one from what a client made or replaced it by. */
  public static ScimGroup read(JsonNode body) {
    return new ScimGroup(
        ScimUser.text(body, "displayName")
            .orElseThrow(() -> ScimException.value("A group has a 'displayName', a text.")),
        ScimUser.text(body, "externalId"),
        ids(PatchBody.member(body, "members")));
  }

  /** The ids in a value of members: a list, or one alone. */
  static Set<UUID> ids(JsonNode value) {
    Set<UUID> ids = new LinkedHashSet<>();
    (value.isArray() || value.isMissingNode() || value.isNull() ? value : List.of(value))
        .forEach(member -> ids.add(id(member)));
    return ids;
  }

  private static UUID id(JsonNode member) {
    if (PatchBody.member(member, "type").asText("").equalsIgnoreCase("Group")) {
      throw ScimException.value(
          "Groups within groups are not kept: send the people, as Entra ID does of itself.");
    }
    JsonNode value = member.isObject() ? PatchBody.member(member, "value") : member;
    return GraphIds.guid(value.asText(""))
        .orElseThrow(
            () ->
                ScimException.value(
                    "'" + value.asText("") + "' is no member's id: send the id of a User."));
  }
}
