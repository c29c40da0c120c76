package dev.aftercall.retention;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.retention.RetentionRule.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The scopes of rules in the words of administrators. */
public final class ScopeWords {
  /** The words; the first that fits an item wins. */
  public static final List<String> ALL =
      List.of("tag", "organizer", "group", "meetingType", "tenant");

  private ScopeWords() {}

  /**
   * Reads a scope.
   *
   * @throws ChangeRefused INVALID, with what is wrong
   */
  public static Scope read(String word, Optional<String> value, Optional<Integer> rank) {
    boolean group = word.equalsIgnoreCase("group");
    if (rank.isPresent() && !group) {
      throw invalid("Only rules for a group have a rank.", "Leave the rank out.");
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "tenant" -> {
        if (value.isPresent()) {
          throw invalid("A rule for the whole tenant takes no value.", "Leave the value out.");
        }
        yield new Scope.Tenant();
      }
      case "tag" -> new Scope.Tag(tag(required(word, value)));
      case "organizer" -> new Scope.Organizer(guid(required(word, value)));
      case "group" ->
          new Scope.Group(
              guid(required(word, value)),
              rank.orElseThrow(
                  () ->
                      invalid(
                          "A rule for a group has no rank.",
                          "Say which of several groups counts: the lowest rank does.")));
      case "meetingtype" -> new Scope.Meetings(type(required(word, value)));
      default -> throw invalid("'" + word + "' is no scope.", "One of " + ALL + ".");
    };
  }

  private static String required(String word, Optional<String> value) {
    return value.orElseThrow(
        () ->
            invalid(
                "The value is missing.",
                "Say which: a " + word + " needs its tag, object id or meeting type."));
  }

  private static String tag(String text) {
    try {
      return Tags.of(Set.of(text)).iterator().next();
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()), "Choose another tag.");
    }
  }

  private static UUID guid(String text) {
    return GraphIds.guid(text)
        .orElseThrow(
            () ->
                invalid(
                    "'" + text + "' is no object id.",
                    "Send a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b."));
  }

  private static MeetingType type(String text) {
    try {
      return MeetingType.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw invalid(
          "'" + text + "' is no meeting type.",
          "One of adhoc, scheduled, recurring, broadcast, meetnow.");
    }
  }

  private static ChangeRefused invalid(String message, String remedy) {
    return new ChangeRefused(ChangeRefused.Reason.INVALID, message, remedy);
  }

  /** The word for a scope. */
  public static String word(Scope scope) {
    return switch (scope) {
      case Scope.Tag tag -> "tag";
      case Scope.Organizer organizer -> "organizer";
      case Scope.Group group -> "group";
      case Scope.Meetings meetings -> "meetingType";
      case Scope.Tenant tenant -> "tenant";
    };
  }

  /** What a scope is of; empty for the tenant. */
  public static Optional<String> value(Scope scope) {
    return switch (scope) {
      case Scope.Tag(String tag) -> Optional.of(tag);
      case Scope.Organizer(UUID person) -> Optional.of(person.toString());
      case Scope.Group(UUID group, int rank) -> Optional.of(group.toString());
      case Scope.Meetings(MeetingType type) -> Optional.of(type.wire());
      case Scope.Tenant tenant -> Optional.empty();
    };
  }
}
