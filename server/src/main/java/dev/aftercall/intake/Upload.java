package dev.aftercall.intake;

import java.util.Optional;
import java.util.UUID;

/**
 * One hand-over on its way in, as the catalogue keeps it.
 *
 * @param secretSha256 hash of the secret inside the upload URL
 * @param request the hand-over as JSON
 * @param artifact the recording's key, chosen before a byte comes
 * @param reason why it is in quarantine
 * @param receipt the receipt as JSON, or what is known of the file while it is being kept
 * @param expires ticks; an unfinished upload is dropped then
 */
public record Upload(
    String id,
    String secretSha256,
    Submitter submitter,
    Optional<String> idempotencyKey,
    String request,
    UUID artifact,
    State state,
    Optional<String> reason,
    Optional<String> receipt,
    long created,
    long expires) {

  /** How far it has come. */
  public enum State {
    /** Bytes are coming. */
    RECEIVING,
    /** Every byte is here, hashed and probed, on this node's disk; nobody has said whose it is. */
    WAITING,
    /** Every byte is here, hashed and probed; being made durable and committed. */
    KEEPING,
    /** Acknowledged. */
    READY,
    /** Set aside with a reason. */
    QUARANTINED,
    /** Given up by the recorder, or expired. */
    CANCELLED
  }
}
