package dev.aftercall.recorder;

import dev.aftercall.arrival.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What was made of a request.
 *
 * @param message what it announces something by; empty when it is of no interest, such as the start
 *     of a recording
 * @param withdrawn source ids of files that the recorder takes back
 * @param returned source ids of files that it took back and gives again
 * @param reply what the recorder is answered once that is kept
 */
public record Heard(
    Optional<Message> message, List<String> withdrawn, List<String> returned, Reply reply) {
  /** An answer in the recorder's own words. */
  public record Reply(int status, String mediaType, byte[] body) {
    /** 200 without anything. */
    public static final Reply OK = new Reply(200, "text/plain", new byte[0]);

    /** An answer in JSON. */
    public static Reply json(int status, String json) {
      return new Reply(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Something is announced. */
  public static Heard of(Message message) {
    return new Heard(Optional.of(message), List.of(), List.of(), Reply.OK);
  }

  /** The recorder takes files back. */
  public static Heard withdrawing(List<String> sourceIds) {
    return new Heard(Optional.empty(), List.copyOf(sourceIds), List.of(), Reply.OK);
  }

  /** The same, and the recorder gives files again that it took back. */
  public Heard returning(List<String> sourceIds) {
    return new Heard(message, withdrawn, List.copyOf(sourceIds), reply);
  }

  /** Nothing that matters here. */
  public static Heard nothing() {
    return nothing(Reply.OK);
  }

  /** Nothing that matters here, but the recorder wants an answer. */
  public static Heard nothing(Reply reply) {
    return new Heard(Optional.empty(), List.of(), List.of(), reply);
  }
}
