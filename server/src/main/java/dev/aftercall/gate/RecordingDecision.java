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

  Outcome walk(Ask ask, Action action, Trail trail) {
    Rules rules = ruleBook.of(ask.caller().tenant());
    Decision first =
        RecordingAccess.admit(
            ask.caller(),
            ask.permissions(),
            action,
            ask.path(),
            ask.place().threadId(),
            rules,
            trail);
    return switch (first) {
      case Decision.Deny(Denial denial) -> new Denied(denial);
      case Decision.Allow(Grounds grounds) -> found(ask, action, rules, grounds, trail);
    };
  }

  private Outcome found(Ask ask, Action action, Rules rules, Grounds grounds, Trail trail) {
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
    Meeting meeting = found.get().meeting();
    Optional<Artifact> artifact = found.get().artifact().filter(hit -> named(ask, meeting, hit));
    boolean _ = trail.ask(Denial.Rule.FOUND, true, () -> "The meeting or call is there");
    Decision second =
        RecordingAccess.permit(
            ask.caller(),
            ask.permissions(),
            action,
            grounds,
            meeting,
            found.get().role(),
            rules,
            Ticks.of(clock.instant()),
            trail);
    if (second instanceof Decision.Deny(Denial denial)) {
      return new Denied(denial);
    }
    if (artifact.isEmpty()) {
      // Told only after the roster: strangers learn nothing of what is there.
      boolean _ = trail.ask(Denial.Rule.FOUND, false, () -> "The meeting has no such artifact");
      return new Missing();
    }
    return new Let(new Gate.Opened(meeting, artifact.get()), grounds);
  }

  /** A full id must be the recording's own, not merely end in its artifact. */
  private static boolean named(Ask ask, Meeting meeting, Artifact artifact) {
    return !RecordingId.namesMore(ask.artifactId())
        || ask.artifactId().equals(RecordingId.encode(meeting, artifact));
  }
}
