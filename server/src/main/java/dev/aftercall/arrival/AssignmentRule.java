package dev.aftercall.arrival;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.retention.Tags;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an administrator says of recordings that come: whose they are, or that they are not taken.
 *
 * @param name unique in the tenant
 * @param rank of several rules that fit the lowest counts
 * @param source name of the one source it is for; empty for all
 * @param room the room's name, in which {@code *} stands for any text; case does not matter
 * @param meeting the recorder's id of the meeting, likewise
 * @param action what happens to a recording that fits
 * @param organizer object id of the person whose meeting it is
 * @param organizerFrom JSON pointer (RFC 6901) into what the recorder sent, to an object id there;
 *     where it leads to none, the rule does not fit
 * @param meetingId of a meeting that is here, in place of an organizer
 * @param subject of the meeting made; {@code {room}} stands for the room
 * @param meetingType as a hand-over has it; "" for its default
 * @param version moves on with every change
 */
public record AssignmentRule(
    String name,
    int rank,
    Optional<String> source,
    String room,
    String meeting,
    Action action,
    Optional<UUID> organizer,
    Optional<String> organizerFrom,
    Optional<String> meetingId,
    List<UUID> coorganizers,
    List<UUID> attendees,
    String subject,
    String meetingType,
    List<String> tags,
    long version) {

  /** What happens to a recording that fits. */
  public enum Action {
    /** It is taken in for that person or meeting. */
    TAKE,
    /** It is not taken. */
    REJECT
  }

  /**
   * Copies the lists.
   *
   * @throws ChangeRefused INVALID, for a rule that could never be followed
   */
  public AssignmentRule {
    coorganizers = List.copyOf(coorganizers);
    attendees = List.copyOf(attendees);
    tags = checked(tags);
    if (name.isBlank() || name.length() > 128 || name.chars().anyMatch(Character::isISOControl)) {
      throw wrong("A rule's name has 1 to 128 characters, none of them a control character.");
    }
    organizerFrom.ifPresent(AssignmentRule::checkPointer);
    long named = Stream.of(organizer, organizerFrom, meetingId).filter(Optional::isPresent).count();
    if (action == Action.TAKE && named != 1) {
      throw wrong(
          "A rule that takes says whose it is by one of organizer, organizerFrom, meetingId.");
    }
    if (action == Action.REJECT && named != 0) {
      throw wrong("A rule that rejects names nobody.");
    }
  }

  private static void checkPointer(String pointer) {
    try {
      JsonPointer.compile(pointer);
    } catch (IllegalArgumentException e) {
      throw wrong("'organizerFrom' is a JSON pointer such as /metadata/organizer (RFC 6901).");
    }
  }

  private static List<String> checked(List<String> tags) {
    try {
      return List.copyOf(Tags.of(tags));
    } catch (IllegalArgumentException e) {
      throw wrong("'tags': " + e.getMessage());
    }
  }

  private static ChangeRefused wrong(String message) {
    return new ChangeRefused(
        ChangeRefused.Reason.INVALID, message, "Send the rule again without that.");
  }

  /** Whether it is for this arrival. */
  public boolean fits(Arrival arrival, JsonNode envelope) {
    Announcement said = arrival.announcement();
    return source.filter(it -> !it.equals(arrival.source())).isEmpty()
        && matches(room, said.occasion().room())
        && matches(meeting, Objects.requireNonNullElse(said.occasion().meeting(), ""))
        && (action == Action.REJECT
            || meetingId.isPresent()
            || organizer.isPresent()
            || pointed(envelope).isPresent());
  }

  private static boolean matches(String pattern, String text) {
    if (pattern.isEmpty() || pattern.equals("*")) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    for (String part : pattern.split("\\*+", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*?").append(Pattern.quote(part));
    }
    return Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
        .matcher(text)
        .matches();
  }

  private Optional<UUID> pointed(JsonNode envelope) {
    return organizerFrom.flatMap(pointer -> GraphIds.guid(envelope.at(pointer).asText()));
  }

  /** The members of a hand-over that say whose it is. */
  ObjectNode members(Arrival arrival, JsonNode envelope) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    if (meetingId.isPresent()) {
      members.put("meetingId", meetingId.get());
    } else {
      organizer
          .or(() -> pointed(envelope))
          .ifPresent(person -> members.put("organizer", person.toString()));
      if (!meetingType.isEmpty()) {
        members.put("meetingType", meetingType);
      }
    }
    if (!subject.isEmpty()) {
      members.put("subject", subject.replace("{room}", arrival.announcement().occasion().room()));
    }
    coorganizers.forEach(it -> members.withArray("coorganizers").add(it.toString()));
    attendees.forEach(it -> members.withArray("attendees").add(it.toString()));
    tags.forEach(members.withArray("tags")::add);
    return members;
  }
}
