package dev.aftercall.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Answers as Nextcloud's apps give them (OCS, version 2): the status is HTTP's own. JSON alone:
 * recording servers look at the status.
 */
final class OcsAnswer {
  private OcsAnswer() {}

  /** Done. */
  static Answer ok() {
    return answer(200, "OK", JsonNodeFactory.instance.nullNode());
  }

  /**
   * A file that is not taken.
   *
   * @param error one of Talk's words, such as {@code size}
   */
  static Answer refused(int status, String error, String message) {
    return answer(status, message, JsonNodeFactory.instance.objectNode().put("error", error));
  }

  /** An event or a sender that is not taken. */
  static Answer failed(int status, String code, String message) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("type", "error");
    data.putObject("error").put("code", code).put("message", message);
    return answer(status, message, data);
  }

  private static Answer answer(int status, String message, JsonNode data) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode ocs = body.putObject("ocs");
    ocs.putObject("meta")
        .put("status", status < 300 ? "ok" : "failure")
        .put("statuscode", status)
        .put("message", message);
    ocs.set("data", data);
    return Answer.json(status, body.toString().getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "no-store");
  }
}
