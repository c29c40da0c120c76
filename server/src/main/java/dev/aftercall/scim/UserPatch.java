package dev.aftercall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.scim.PatchBody.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes a person by operations; attributes that are not kept are passed over. */
public final class UserPatch {
  private static final List<String> SIMPLE =
      List.of("userName", "externalId", "active", "displayName");

  private UserPatch() {}

  /** The person as they stand after all operations. */
  public static ScimUser apply(ScimUser user, PatchBody patch) {
    ObjectNode json = user.json();
    patch.each((kind, path, value) -> apply(json, kind, path, value));
    return ScimUser.read(json);
  }

  private static void apply(ObjectNode json, Kind kind, String written, JsonNode value) {
    PatchPath path = PatchPath.read(written);
    Optional<String> simple =
        SIMPLE.stream().filter(name -> name.equalsIgnoreCase(path.attribute())).findFirst();
    if (simple.isPresent()) {
      if (kind == Kind.REMOVE) {
        json.remove(simple.get());
      } else {
        json.set(simple.get(), value);
      }
      return;
    }
    switch (path.attribute()) {
      case "name" -> name(json, kind, path, value);
      case "emails" -> emails(json, kind, path, value);
      default -> {} // Not kept, so there is nothing to change.
    }
  }

  private static void name(ObjectNode json, Kind kind, PatchPath path, JsonNode value) {
    ObjectNode name = json.withObjectProperty("name");
    if (path.sub().isPresent()) {
      remove(name, path.sub().get());
      if (kind != Kind.REMOVE) {
        name.set(path.sub().get(), value);
      }
    } else if (kind == Kind.REMOVE) {
      json.remove("name");
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> part : value.properties()) {
        remove(name, part.getKey());
        name.set(part.getKey(), part.getValue());
      }
    }
  }

  private static void remove(ObjectNode object, String anyCase) {
    List<String> same = new ArrayList<>();
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.equalsIgnoreCase(anyCase)) {
                same.add(name);
              }
            });
    object.remove(same);
  }

  private static void emails(ObjectNode json, Kind kind, PatchPath path, JsonNode value) {
    ArrayNode emails = json.withArrayProperty("emails");
    if (path.filter().isEmpty()) {
      if (kind != Kind.ADD) {
        emails.removeAll();
      }
      if (kind != Kind.REMOVE) {
        (value.isArray() ? value : List.of(value)).forEach(emails::add);
      }
      return;
    }
    boolean found = false;
    for (int i = emails.size() - 1; i >= 0; i--) {
      if (emails.get(i) instanceof ObjectNode email && matches(path.filter().get(), email)) {
        found = true;
        change(emails, i, email, kind, path, value);
      }
    }
    if (!found && kind != Kind.REMOVE && path.sub().equals(Optional.of("value"))) {
      // Entra ID adds emails[type eq "work"].value where there is none yet.
      ObjectNode email = emails.addObject();
      email.set("value", value);
      if (path.filter().get() instanceof ScimFilter.Compare type && type.key().equals("type")) {
        email.put("type", type.value());
      }
    }
  }

  private static void change(
      ArrayNode emails, int at, ObjectNode email, Kind kind, PatchPath path, JsonNode value) {
    if (kind == Kind.REMOVE && path.sub().isEmpty()) {
      emails.remove(at);
    } else if (path.sub().isPresent()) {
      remove(email, path.sub().get());
      if (kind != Kind.REMOVE) {
        email.set(path.sub().get(), value);
      }
    } else if (value.isObject()) {
      emails.set(at, value);
    }
  }

  private static boolean matches(ScimFilter filter, JsonNode value) {
    return switch (filter) {
      case ScimFilter.And(ScimFilter left, ScimFilter right) ->
          matches(left, value) && matches(right, value);
      case ScimFilter.Or(ScimFilter left, ScimFilter right) ->
          matches(left, value) || matches(right, value);
      case ScimFilter.Not(ScimFilter inner) -> !matches(inner, value);
      case ScimFilter.Compare compare -> matches(compare, value);
    };
  }

  private static boolean matches(ScimFilter.Compare compare, JsonNode value) {
    JsonNode found = PatchBody.member(value, compare.attribute());
    String text = found.asText("");
    return switch (compare.operator()) {
      case EQ -> !found.isMissingNode() && text.equalsIgnoreCase(compare.value());
      case NE -> !text.equalsIgnoreCase(compare.value());
      case CO -> text.contains(compare.value());
      case SW -> text.startsWith(compare.value());
      case EW -> text.endsWith(compare.value());
      case PR -> !found.isMissingNode() && !found.isNull();
    };
  }
}
