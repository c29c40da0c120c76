package dev.aftercall.access;

import dev.aftercall.access.Denial.Rule;
import dev.aftercall.access.Explanation.Step;
import dev.aftercall.access.Explanation.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a decision asked on its way. The decision asks through it, so the explanation that comes of
 * it cannot tell of another decision than the one that was made. Of one request and one thread.
 */
public final class Trail {
  private final List<Asked> asked = new ArrayList<>(10);

  private record Asked(Rule rule, boolean passed, Supplier<String> input) {}

  /** Asks a rule; texts are made only when somebody wants to read them. */
  public boolean ask(Rule rule, boolean passed, Supplier<String> input) {
    asked.add(new Asked(rule, passed, input));
    return passed;
  }

  /** A trail of its own that begins with what was asked so far: a second try asks the rest anew. */
  public Trail onwards() {
    Trail next = new Trail();
    next.asked.addAll(asked);
    return next;
  }

  /**
   * The explanation of that outcome.
   *
   * @param chain all rules of the decision in their order
   */
  public Explanation explained(Decision decision, List<Rule> chain) {
    return switch (decision) {
      case Decision.Allow(Decision.Grounds grounds) ->
          new Explanation(true, grounds.word(), "", "", "", steps(chain));
      case Decision.Deny(Denial denial) -> explained(denial, chain);
    };
  }

  /** The explanation of a refusal. */
  public Explanation explained(Denial denial, List<Rule> chain) {
    return new Explanation(
        false, "", denial.rule().word(), denial.message(), denial.remedy(), steps(chain));
  }

  private List<Step> steps(List<Rule> chain) {
    Map<Rule, Asked> known = new EnumMap<>(Rule.class);
    asked.forEach(one -> known.put(one.rule(), one));
    List<Step> steps = new ArrayList<>();
    for (Rule rule : chain) {
      Asked one = known.remove(rule);
      steps.add(
          one == null
              ? new Step(rule.word(), rule.question(), "", Verdict.NOT_ASKED)
              : new Step(
                  rule.word(),
                  rule.question(),
                  one.input().get(),
                  one.passed() ? Verdict.PASSED : Verdict.FAILED));
    }
    if (!known.isEmpty()) {
      throw new IllegalStateException("A decision asked " + known.keySet() + " beside " + chain);
    }
    return steps;
  }
}
