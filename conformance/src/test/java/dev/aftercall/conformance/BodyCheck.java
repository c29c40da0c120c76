package dev.aftercall.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Holds every JSON body of a Graph answer against Microsoft's CSDL: a member nobody knows, a value
 * of another type, an enumeration's word that is none, or a missing context fails the check that
 * asked, whatever else it looked at.
 */
final class BodyCheck {
  private static final Csdl CSDL = Csdl.load();
  private static final Pattern SELECT = Pattern.compile("\\([A-Za-z,/@.]*\\)(?=/\\$entity$|$)");
  private static final Pattern KEY = Pattern.compile("\\('(?:[^']|'')*'\\)");

  /** The last name of a context and the type it stands for. */
  private static final Map<String, String> SETS =
      Map.of(
          "recordings", "callRecording",
          "subscriptions", "subscription",
          "transcripts", "callTranscript",
          "onlineMeetings", "onlineMeeting",
          "callRecording", "callRecording",
          "callTranscript", "callTranscript",
          "onlineMeeting", "onlineMeeting");

  /** Contexts of what the reference does not describe. */
  private static final Set<String> BEYOND = Set.of("events", "calendarView", "adhocCalls");

  private final List<String> faults = new ArrayList<>();

  private BodyCheck() {}

  /** Fails when the body of a successful answer says what the CSDL does not know. */
  static void check(String url, JsonNode body) {
    BodyCheck check = new BodyCheck();
    check.answer(body);
    if (!check.faults.isEmpty()) {
      throw new AssertionError(url + " answered otherwise than the CSDL says: " + check.faults);
    }
  }

  private void answer(JsonNode body) {
    if (body.path("responses").isArray()) {
      body.path("responses").forEach(this::part);
      return;
    }
    String context = body.path("@odata.context").asText("");
    int hash = context.indexOf("/$metadata");
    if (!context.startsWith("http") || hash < 0) {
      faults.add("no absolute @odata.context, but '" + context + "'");
      return;
    }
    if (context.indexOf('#') < 0) {
      return; // The service document.
    }
    String path = context.substring(context.indexOf('#') + 1);
    boolean entity = path.endsWith("/$entity");
    String set = setOf(path);
    if (BEYOND.contains(set)) {
      typed(body);
      return;
    }
    Optional<Csdl.Type> type = Optional.ofNullable(SETS.get(set)).flatMap(CSDL::type);
    if (type.isEmpty()) {
      faults.add("a context of nothing known: " + path);
    } else if (entity) {
      object("", body, type.get());
    } else {
      collection(body, type.get());
    }
  }

  /** The last name in a context, without keys, selected properties and {@code Collection()}. */
  private static String setOf(String path) {
    String plain = path;
    if (plain.startsWith("Collection(")) {
      plain = plain.substring("Collection(".length(), plain.indexOf(')'));
      return plain.substring(plain.lastIndexOf('.') + 1);
    }
    plain = KEY.matcher(plain).replaceAll("");
    plain = SELECT.matcher(plain).replaceAll("").replace("/$entity", "");
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  private void part(JsonNode part) {
    boolean good = part.path("status").asInt() / 100 == 2;
    if (good && part.path("body").isObject()) {
      answer(part.path("body"));
    }
  }

  /** Items that name their own type. */
  private void typed(JsonNode body) {
    for (JsonNode item : body.path("value")) {
      String named = item.path("@odata.type").asText("");
      String type = named.substring(named.lastIndexOf('.') + 1);
      CSDL.type(type).ifPresent(known -> object("value/", item, known));
    }
  }

  private void collection(JsonNode body, Csdl.Type type) {
    if (!body.path("value").isArray()) {
      faults.add("a collection without 'value'");
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.startsWith("@") && !name.equals("value")) {
                faults.add("'" + name + "' beside 'value'");
              }
            });
    int number = 0;
    for (JsonNode item : body.path("value")) {
      object("value/" + number + "/", item, type);
      number++;
    }
  }

  private void object(String at, JsonNode json, Csdl.Type type) {
    if (!json.isObject()) {
      faults.add(at + " is no object");
      return;
    }
    Csdl.Type actual = actual(json, type);
    json.properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              Csdl.Member member = actual.members().get(name);
              if (member != null) {
                member(at + name, entry.getValue(), member);
              } else if (!name.contains("@") && !actual.open()) {
                faults.add(at + name + " is no member of " + actual.name());
              }
            });
  }

  /** What {@code @odata.type} says the object is, where a base type was promised. */
  private static Csdl.Type actual(JsonNode json, Csdl.Type promised) {
    String named = json.path("@odata.type").asText("");
    return CSDL.type(named.substring(named.lastIndexOf('.') + 1)).orElse(promised);
  }

  private void member(String at, JsonNode value, Csdl.Member member) {
    if (value.isNull()) {
      if (!member.nullable()) {
        faults.add(at + " is null");
      }
    } else if (member.collection()) {
      if (!value.isArray()) {
        faults.add(at + " is no array");
      }
      value.forEach(item -> single(at, item, member.type()));
    } else {
      single(at, value, member.type());
    }
  }

  private void single(String at, JsonNode value, String type) {
    boolean right =
        switch (type) {
          case "Edm.Boolean" -> value.isBoolean();
          case "Edm.String" -> value.isTextual();
          case "Edm.DateTimeOffset" -> value.isTextual() && dateTime(value.textValue());
          case "Edm.Guid" -> value.isTextual() && guid(value.textValue());
          case "Edm.Stream" -> false; // A stream has no place in JSON.
          default -> structured(at, value, type);
        };
    if (!right) {
      faults.add(at + " is no " + type + ": " + value);
    }
  }

  private boolean structured(String at, JsonNode value, String type) {
    Set<String> words = CSDL.words(type);
    if (!words.isEmpty()) {
      return value.isTextual() && words.contains(value.textValue());
    }
    Csdl.Type known =
        CSDL.type(type)
            .orElseThrow(() -> new IllegalStateException("The CSDL does not describe " + type));
    object(at + "/", value, known);
    return true;
  }

  private static boolean dateTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean guid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
