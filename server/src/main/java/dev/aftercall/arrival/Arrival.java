package dev.aftercall.arrival;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One file on its way from a recorder into the archive: the intake record.
 *
 * @param source the source's name in the settings
 * @param recorder what kind of recorder it is
 * @param envelope what the recorder sent, as JSON, credentials removed
 * @param credential what fetching needs beside the source's own; forgotten when the way is over
 * @param reason why it waits, is tried again, or is set aside; in the words of the last try
 * @param uploadId of the intake, once bytes may come
 * @param rule which rule said whose it is; empty before
 * @param facts what is known of the bytes
 * @param artifact the recording or transcript it became
 * @param sameAs the arrival that brought the same bytes for the same organizer before
 * @param mended how the bytes were mended, such as {@code remux}; "" where they are as they came
 * @param validator of the bytes that came so far, as their server names them; other bytes are not
 *     put behind them
 * @param attempts to fetch it, that failed
 * @param due ticks of the next try
 * @param version moves on with every change
 */
public record Arrival(
    UUID id,
    UUID tenant,
    String source,
    String recorder,
    Announcement announcement,
    String envelope,
    Optional<String> credential,
    State state,
    String reason,
    Optional<String> uploadId,
    String rule,
    Optional<Facts> facts,
    Optional<UUID> artifact,
    Optional<UUID> sameAs,
    String mended,
    Optional<String> validator,
    int attempts,
    long due,
    long announced,
    long changed,
    long version) {

  /** How far it has come. */
  public enum State {
    /** Known; nothing of it is here. */
    ANNOUNCED,
    /** Bytes are coming. */
    FETCHING,
    /** Every byte is here; being judged and kept. */
    PROBING,
    /** Whole and sound, and no rule says whose it is: it waits to be assigned. */
    UNASSIGNED,
    /** In the archive. */
    READY,
    /** Set aside with a reason; the bytes that came are kept. */
    QUARANTINED,
    /** Not taken, by a rule, an administrator, or the recorder itself. */
    REJECTED;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more happens by itself. */
    public boolean over() {
      return this == READY || this == QUARANTINED || this == REJECTED;
    }
  }

  /**
   * What is known of the bytes once all are here.
   *
   * @param sha256 64 lower-case hexadecimal digits
   * @param size in bytes
   */
  public record Facts(String sha256, long size) {}

  /** The rule's name where the recorder itself did not want it kept. */
  public static final String TAKEN_BACK = "taken back by the recorder";

  /** Whether the recorder took it back before it was in the archive; it may give it again. */
  boolean takenBack() {
    return state == State.REJECTED && rule.equals(TAKEN_BACK);
  }

  /** The first record of an announcement. */
  static Arrival of(
      UUID id, Source source, Announcement announcement, Message message, long due, long now) {
    return new Arrival(
        id,
        source.tenant(),
        source.name(),
        source.recorder(),
        announcement,
        message.envelope(),
        message.credential(),
        State.ANNOUNCED,
        "",
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        0,
        due,
        now,
        now,
        1);
  }

  /** The same in another state. */
  Change to(State next) {
    return new Change(this).state(next);
  }

  /** A step in the life of an arrival; only what is said changes. */
  static final class Change {
    private final Arrival from;
    private Announcement announcement;
    private Optional<String> credential;
    private State state;
    private String reason = "";
    private Optional<String> uploadId;
    private String rule;
    private Optional<Facts> facts;
    private Optional<UUID> artifact;
    private Optional<UUID> sameAs;
    private String mended;
    private Optional<String> validator;
    private int attempts;
    private long due;

    private Change(Arrival from) {
      this.from = from;
      this.announcement = from.announcement;
      this.credential = from.credential;
      this.state = from.state;
      this.uploadId = from.uploadId;
      this.rule = from.rule;
      this.facts = from.facts;
      this.artifact = from.artifact;
      this.sameAs = from.sameAs;
      this.mended = from.mended;
      this.validator = from.validator;
      this.attempts = from.attempts;
      this.due = from.due;
    }

    private Change state(State next) {
      state = next;
      if (next.over()) {
        credential = Optional.empty();
      }
      return this;
    }

    Change because(String why) {
      reason = why;
      return this;
    }

    Change announced(Announcement now) {
      announcement = now;
      return this;
    }

    Change with(Optional<String> secret) {
      credential = secret;
      return this;
    }

    Change upload(Optional<String> id) {
      uploadId = id;
      return this;
    }

    Change by(String name) {
      rule = name;
      return this;
    }

    Change facts(Facts known) {
      facts = Optional.of(known);
      return this;
    }

    Change became(Optional<UUID> what, Optional<UUID> same) {
      artifact = what;
      sameAs = same;
      return this;
    }

    Change mended(String how) {
      mended = how;
      return this;
    }

    Change validator(Optional<String> of) {
      validator = of;
      return this;
    }

    Change attempts(int failed) {
      attempts = failed;
      return this;
    }

    Change due(long ticks) {
      due = ticks;
      return this;
    }

    /** As it would be, in memory alone. */
    Arrival unwritten() {
      return made(from.changed, from.version);
    }

    /** The next version. */
    Arrival at(long now) {
      return made(now, from.version + 1);
    }

    private Arrival made(long changed, long version) {
      return new Arrival(
          from.id,
          from.tenant,
          from.source,
          from.recorder,
          announcement,
          from.envelope,
          credential,
          state,
          reason,
          uploadId,
          rule,
          facts,
          artifact,
          sameAs,
          mended,
          validator,
          attempts,
          due,
          from.announced,
          changed,
          version);
    }
  }

  @Override
  public String toString() {
    return source + "/" + announcement.sourceId() + " (" + id + ")";
  }
}
