package dev.aftercall.access;

import dev.aftercall.identity.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Hears of decisions that were made, to make them once more by rules that somebody thinks of. It
 * never changes an answer, and costs nothing where nobody asked for it.
 */
public interface SecondOpinion {
  /** Nobody asked. */
  SecondOpinion NONE =
      new SecondOpinion() {
        @Override
        public boolean wanted(UUID tenant) {
          return false;
        }

        @Override
        public void ask(Question question) {}
      };

  /**
   * A decision that was made.
   *
   * @param person whose path or meetings; empty for nobody's
   * @param again makes it once more by other rules; asks nothing but its arguments
   */
  record Question(
      UUID tenant,
      String appId,
      Optional<UUID> person,
      String action,
      Decision decided,
      Function<Rules, Decision> again) {}

  /** Whether questions about that tenant are of use. */
  boolean wanted(UUID tenant);

  /** Takes a question; returns at once. */
  void ask(Question question);

  /** Asks about what was decided of that caller, where it is wanted. */
  default void ask(
      Caller caller,
      Optional<UUID> person,
      String action,
      Decision decided,
      Function<Rules, Decision> again) {
    if (wanted(caller.tenant())) {
      ask(new Question(caller.tenant(), caller.appId(), person, action, decided, again));
    }
  }
}
