package dev.aftercall.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A person as a directory sends them. What it sends beside these attributes is not kept, as RFC
 * 7644, 3.3 allows.
 *
 * @param name formatted, givenName, familyName and so on, as sent
 * @param emails as sent
 */
public record ScimUser(
    String userName,
    Optional<String> externalId,
    boolean active,
    Optional<String> displayName,
    ObjectNode name,
    ArrayNode emails) {
  private static final int LONGEST = 512;
  private static final List<String> NAME =
      List.of(
          "formatted",
          "familyName",
          "givenName",
          "middleName",
          "honorificPrefix",
          "honorificSuffix");

  /** Reads one from what a client made or replaced it by. */
  public static ScimUser read(JsonNode body) {
    ObjectNode name = JsonNodeFactory.instance.objectNode();
    JsonNode given = PatchBody.member(body, "name");
    NAME.forEach(part -> text(given, part).ifPresent(text -> name.put(part, text)));
    ArrayNode emails = JsonNodeFactory.instance.arrayNode();
    for (JsonNode email : PatchBody.member(body, "emails")) {
      text(email, "value")
          .ifPresent(
              value -> {
                ObjectNode kept = emails.addObject().put("value", value);
                text(email, "type").ifPresent(type -> kept.put("type", type));
                if (!PatchBody.member(email, "primary").isMissingNode()) {
                  kept.put("primary", flag(PatchBody.member(email, "primary"), "primary"));
                }
              });
    }
    JsonNode active = PatchBody.member(body, "active");
    return new ScimUser(
        text(body, "userName")
            .orElseThrow(() -> ScimException.value("A user has a 'userName', a text.")),
        text(body, "externalId"),
        active.isMissingNode() || active.isNull() || flag(active, "active"),
        text(body, "displayName"),
        name,
        emails);
  }

  /** As it is kept and as {@link #read} reads it. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("userName", userName);
    externalId.ifPresent(id -> json.put("externalId", id));
    json.put("active", active);
    displayName.ifPresent(text -> json.put("displayName", text));
    if (!name.isEmpty()) {
      json.set("name", name);
    }
    if (!emails.isEmpty()) {
      json.set("emails", emails);
    }
    return json;
  }

  /** What people read of it. */
  public String shownName() {
    return displayName.orElse(userName);
  }

  static Optional<String> text(JsonNode object, String name) {
    JsonNode value = PatchBody.member(object, name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.asText("");
    if (!value.isValueNode()
        || text.length() > LONGEST
        || text.chars().anyMatch(Character::isISOControl)) {
      throw ScimException.value(
          "'" + name + "' must be a text of at most " + LONGEST + " characters.");
    }
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /** Entra ID sends "True" and "False" as text. */
  static boolean flag(JsonNode value, String name) {
    return switch (value.asText("").toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ScimException.value("'" + name + "' must be true or false.");
    };
  }
}
