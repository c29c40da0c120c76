package dev.aftercall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.scim.PatchBody.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the operations of a PATCH do to a group, in their order; members are changed one by one, so
 * that a large group need not be read to gain one.
 */
public record GroupPatch(List<Change> changes) {
  /** Copies the list. */
  public GroupPatch {
    changes = List.copyOf(changes);
  }

  /** One change. */
  public sealed interface Change {
    /** Another name. */
    record Name(String displayName) implements Change {}

    /** Another id of the directory's own, or none. */
    record ExternalId(Optional<String> externalId) implements Change {}

    /** These come in. */
    record Add(Set<UUID> members) implements Change {}

    /** These go. */
    record Remove(Set<UUID> members) implements Change {}

    /** These and no others. */
    record Replace(Set<UUID> members) implements Change {}
  }

  /** Reads the operations. */
  public static GroupPatch read(PatchBody patch) {
    List<Change> changes = new ArrayList<>();
    patch.each((kind, path, value) -> change(kind, path, value, changes));
    return new GroupPatch(changes);
  }

  private static void change(Kind kind, String written, JsonNode value, List<Change> changes) {
    PatchPath path = PatchPath.read(written);
    ObjectNode one = JsonNodeFactory.instance.objectNode();
    switch (path.attribute()) {
      case "displayname" -> {
        one.set("displayName", value);
        changes.add(
            new Change.Name(
                Optional.of(one)
                    .filter(any -> kind != Kind.REMOVE)
                    .flatMap(node -> ScimUser.text(node, "displayName"))
                    .orElseThrow(() -> ScimException.value("A group keeps a displayName."))));
      }
      case "externalid" -> {
        one.set("externalId", value);
        changes.add(
            new Change.ExternalId(
                kind == Kind.REMOVE ? Optional.empty() : ScimUser.text(one, "externalId")));
      }
      case "members" -> changes.add(members(kind, path, value));
      default -> {} // Not kept, so there is nothing to change.
    }
  }

  private static Change members(Kind kind, PatchPath path, JsonNode value) {
    if (path.filter().isPresent()) {
      if (kind != Kind.REMOVE
          || !(path.filter().get() instanceof ScimFilter.Compare compare)
          || !compare.key().equals("value")
          || compare.operator() != ScimFilter.Operator.EQ) {
        throw ScimException.path("Of members, only members[value eq \"id\"] can be removed so.");
      }
      return new Change.Remove(GraphIds.guid(compare.value()).map(Set::of).orElse(Set.of()));
    }
    Set<UUID> ids = ScimGroup.ids(value);
    return switch (kind) {
      case ADD -> new Change.Add(ids);
      case REPLACE -> new Change.Replace(ids);
      // Entra ID removes by value; without one, all go.
      case REMOVE -> value.isMissingNode() ? new Change.Replace(Set.of()) : new Change.Remove(ids);
    };
  }
}
