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
 * @param nonce what may come once only, with how long that is to be remembered; a second time it is
 *     refused. Empty where the same again does no harm
 * @param withdrawn source ids of files that the recorder takes back
 * @param reply what the recorder is answered once that is kept
 */
public record Heard(
    Optional<Message> message, Optional<Nonce> nonce, List<String> withdrawn, Reply reply) {
  /** One that takes nothing back. */
  public Heard(Optional<Message> message, Optional<Nonce> nonce, Reply reply) {
    this(message, nonce, List.of(), reply);
  }

  /**
   * Something that is used once.
   *
   * @param until ticks
   */
  public record Nonce(String value, long until) {}

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
    return new Heard(Optional.of(message), Optional.empty(), Reply.OK);
  }

  /** The recorder takes files back. */
  public static Heard withdrawing(List<String> sourceIds) {
    return new Heard(Optional.empty(), Optional.empty(), List.copyOf(sourceIds), Reply.OK);
  }

  /** Nothing that matters here. */
  public static Heard nothing() {
    return nothing(Reply.OK);
  }

  /** Nothing that matters here, but the recorder wants an answer. */
  public static Heard nothing(Reply reply) {
    return new Heard(Optional.empty(), Optional.empty(), reply);
  }
}
