package dev.aftercall.arrival;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Whose a recording is. Never guessed: what no rule names waits for somebody who knows. */
sealed interface Decision {
  /** Reads what was kept. */
  ObjectMapper JSON = new ObjectMapper();

  /** What a source that is believed said itself. */
  String ASSERTED = "said by the recorder";

  /**
   * It goes there.
   *
   * @param members of a hand-over
   */
  record Take(String rule, ObjectNode members) implements Decision {}

  /** It is not wanted. */
  record Reject(String rule) implements Decision {}

  /** Nobody has said it. */
  record Wait() implements Decision {}

  /** Decides by what the recorder says, where it is believed, and by the first rule that fits. */
  static Decision of(Arrival arrival, boolean believed, List<AssignmentRule> rules) {
    ObjectNode said = arrival.announcement().asserted();
    JsonNode envelope = read(arrival.envelope());
    Optional<AssignmentRule> rule =
        rules.stream().filter(it -> it.fits(arrival, envelope)).findFirst();
    if (rule.filter(it -> it.action() == AssignmentRule.Action.REJECT).isPresent()) {
      return new Reject(rule.get().name());
    }
    if (believed && said != null && (said.has("organizer") || said.has("meetingId"))) {
      return new Take(ASSERTED, said.deepCopy());
    }
    return rule.<Decision>map(it -> new Take(it.name(), it.members(arrival, envelope)))
        .orElseGet(Wait::new);
  }

  private static JsonNode read(String envelope) {
    try {
      return JSON.readTree(envelope);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // Some recorders send none.
    }
  }
}
