package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.Decision.Grounds;
import dev.aftercall.access.Denial;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.access.RecordingAccess.Action;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.access.Trail;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * The decision on one recording: decide, find, decide. The gate and whoever asks why go this one
 * way. A caller who is refused by token and rules has caused no look-up at all.
 */
record RecordingDecision(RuleBook ruleBook, Catalogue catalogue, InstantSource clock) {
  /** What came of it. */
  sealed interface Outcome {}

  /** The caller is let in. */
  record Let(Gate.Opened opened, Grounds grounds) implements Outcome {}

  /** A rule says no. */
  record Denied(Denial denial) implements Outcome {}

  /** There is no such thing, as far as this caller may know. */
  record Missing() implements Outcome {}

  /** Hears of a decision, and how to make it by other rules. */
  @FunctionalInterface
  interface Decided {
    /** Nobody wants to hear. */
    Decided UNHEARD = (decision, again) -> {};

    /** That was decided. */
    void by(Decision decision, Function<Rules, Decision> again);
  }

  Outcome walk(Ask ask, Action action, Trail trail, Decided decided) {
    Rules rules = ruleBook.of(ask.caller().tenant());
    return switch (admit(ask, action, rules, trail)) {
      case Decision.Deny deny -> {
        decided.by(deny, other -> admit(ask, action, other, new Trail()));
        yield new Denied(deny.denial());
      }
      case Decision.Allow(Grounds grounds) -> found(ask, action, rules, grounds, trail, decided);
    };
  }

  private static Decision admit(Ask ask, Action action, Rules rules, Trail trail) {
    return RecordingAccess.admit(
        ask.caller(), ask.permissions(), action, ask.path(), ask.place().threadId(), rules, trail);
  }

  private Outcome found(
      Ask ask, Action action, Rules rules, Grounds grounds, Trail trail, Decided decided) {
    Optional<Catalogue.Found> found =
        catalogue
            .find(
                ask.caller().tenant(),
                ask.place().threadId(),
                ask.person(),
                ask.kind(),
                ask.artifact())
            .filter(hit -> ask.place().is(hit.meeting()));
    if (found.isEmpty()) {
      boolean _ = trail.ask(Denial.Rule.FOUND, false, () -> "There is no such meeting or call");
      return new Missing();
    }
    boolean _ = trail.ask(Denial.Rule.FOUND, true, () -> "The meeting or call is there");
    Catalogue.Found hit = found.get();
    long now = Ticks.of(clock.instant());
    Decision second = permit(ask, action, grounds, hit, rules, now, trail);
    decided.by(
        second,
        other ->
            switch (admit(ask, action, other, new Trail())) {
              case Decision.Deny deny -> deny;
              case Decision.Allow(Grounds others) ->
                  permit(ask, action, others, hit, other, now, new Trail());
            });
    if (second instanceof Decision.Deny(Denial denial)) {
      return new Denied(denial);
    }
    Optional<Artifact> artifact = hit.artifact().filter(known -> named(ask, hit.meeting(), known));
    if (artifact.isEmpty()) {
      // Told only after the roster: strangers learn nothing of what is there.
      boolean _ = trail.ask(Denial.Rule.FOUND, false, () -> "The meeting has no such artifact");
      return new Missing();
    }
    return new Let(new Gate.Opened(hit.meeting(), artifact.get()), grounds);
  }

  private static Decision permit(
      Ask ask,
      Action action,
      Grounds grounds,
      Catalogue.Found found,
      Rules rules,
      long now,
      Trail trail) {
    return RecordingAccess.permit(
        ask.caller(),
        ask.permissions(),
        action,
        grounds,
        found.meeting(),
        found.role(),
        rules,
        now,
        trail);
  }

  /** A full id must be the recording's own, not merely end in its artifact. */
  private static boolean named(Ask ask, Meeting meeting, Artifact artifact) {
    return !RecordingId.namesMore(ask.artifactId())
        || ask.artifactId().equals(RecordingId.encode(meeting, artifact));
  }
}
