package dev.aftercall.http.admin;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.FilterReader;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Property;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.Hold.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What holds cover, in the words of administrators. */
public final class HoldScopes {
  /** The words. */
  public static final List<String> ALL = List.of("person", "meeting", "tenant", "query");

  private HoldScopes() {}

  /**
   * Reads a scope.
   *
   * @throws ChangeRefused INVALID, with what is wrong
   * @throws dev.aftercall.http.GraphException 400, with what is wrong in a query and where
   */
  public static Scope read(Archive archive, UUID tenant, String word, Optional<String> value) {
    if (word.equalsIgnoreCase("tenant")) {
      if (value.isPresent()) {
        throw invalid("A hold on the whole tenant takes no value.", "Leave the value out.");
      }
      return new Scope.Tenant();
    }
    String text =
        value.orElseThrow(
            () -> invalid("The value is missing.", "Say which " + word + " to hold."));
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "person" ->
          new Scope.Person(
              GraphIds.guid(text)
                  .orElseThrow(
                      () ->
                          invalid(
                              "'" + text + "' is no object id.",
                              "Send a GUID like 33a1bb67-2083-4edc-ad5d-9feacd43708b.")));
      case "meeting" -> new Scope.OfMeeting(meeting(archive, tenant, text));
      case "query" -> new Scope.Query(text, query(text));
      default -> throw invalid("'" + word + "' is nothing to hold.", "One of " + ALL + ".");
    };
  }

  private static UUID meeting(Archive archive, UUID tenant, String text) {
    return GraphIds.guid(text)
        .or(() -> MeetingId.parse(text).flatMap(id -> archive.meeting(tenant, id.threadId())))
        .orElseThrow(
            () ->
                invalid(
                    "There is no meeting '" + text + "'.",
                    "Send its id as Graph gives it, or the meetingKey of one of its items."));
  }

  private static Filter query(String text) {
    Filter filter = FilterReader.read(text, ArtifactType.RECORDING);
    if (filter.asks(Property.CONTENT_URL)) {
      throw invalid(
          "A hold cannot ask for recordingContentUrl: it begins with whatever address is asked.",
          "Ask for id, meetingId, callId, createdDateTime, endDateTime or meetingOrganizer.");
    }
    return filter;
  }

  private static ChangeRefused invalid(String message, String remedy) {
    return new ChangeRefused(ChangeRefused.Reason.INVALID, message, remedy);
  }

  /** The word for a scope. */
  public static String word(Scope scope) {
    return switch (scope) {
      case Scope.Person person -> "person";
      case Scope.OfMeeting meeting -> "meeting";
      case Scope.Tenant tenant -> "tenant";
      case Scope.Query query -> "query";
    };
  }

  /** What a scope is of; empty for the tenant. */
  public static Optional<String> value(Scope scope) {
    return switch (scope) {
      case Scope.Person(UUID person) -> Optional.of(person.toString());
      case Scope.OfMeeting(UUID key) -> Optional.of(key.toString());
      case Scope.Tenant tenant -> Optional.empty();
      case Scope.Query(String text, Filter filter) -> Optional.of(text);
    };
  }
}
