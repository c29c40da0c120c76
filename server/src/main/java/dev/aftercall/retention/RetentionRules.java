package dev.aftercall.retention;

import dev.aftercall.retention.RetentionRule.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A tenant's rules. The most specific that fits counts: tag, organizer, group by rank, meeting
 * type, tenant, then the server's default. Of several tags the one that keeps longest counts. Days
 * count from the end of the recording, or from when it last came back from the trash: else it would
 * be gone again at once.
 *
 * @param otherwise days without a rule; empty for never
 */
public record RetentionRules(List<RetentionRule> rules, Optional<Integer> otherwise) {
  /** What counts where there is no rule, by name. */
  public static final String DEFAULT = "default";

  private static final long DAY = 864_000_000_000L;

  private static final Comparator<RetentionRule> LONGEST =
      Comparator.comparing(rule -> rule.days().orElse(Integer.MAX_VALUE));

  /** Copies the list. */
  public RetentionRules {
    rules = List.copyOf(rules);
  }

  /**
   * When something expires.
   *
   * @param at ticks; empty for never
   * @param rule name of the rule that says so
   */
  public record Expiry(Optional<Long> at, String rule) {
    /** Whether its time is over. */
    public boolean over(long now) {
      return at.filter(ticks -> ticks <= now).isPresent();
    }
  }

  /** When an item expires, and by which rule. */
  public Expiry of(ArchiveItem item) {
    Optional<RetentionRule> rule =
        fitting(it -> it instanceof Scope.Tag(var tag) && item.tags().contains(tag))
            .max(LONGEST)
            .or(() -> first(it -> it.equals(new Scope.Organizer(item.organizer()))))
            .or(
                () ->
                    fitting(it -> it instanceof Scope.Group(var id, var _) && in(item, id))
                        .min(Comparator.comparingInt(it -> ((Scope.Group) it.scope()).rank())))
            .or(() -> first(it -> it.equals(new Scope.Meetings(item.meetingType()))))
            .or(() -> first(it -> it instanceof Scope.Tenant));
    Optional<Integer> days = rule.map(RetentionRule::days).orElse(otherwise);
    return new Expiry(
        days.map(count -> since(item) + count * DAY),
        rule.map(RetentionRule::name).orElse(DEFAULT));
  }

  private static long since(ArchiveItem item) {
    return Math.max(item.ended(), item.restored().orElse(item.ended()));
  }

  private Stream<RetentionRule> fitting(Predicate<Scope> fits) {
    return rules.stream().filter(rule -> fits.test(rule.scope()));
  }

  private Optional<RetentionRule> first(Predicate<Scope> fits) {
    return fitting(fits).findFirst();
  }

  private static boolean in(ArchiveItem item, UUID group) {
    return item.groups().contains(group);
  }

  /** The fewest days that any item may have; empty when nothing ever expires. */
  private OptionalInt fewestDays() {
    return Stream.concat(otherwise.stream(), rules.stream().flatMap(rule -> rule.days().stream()))
        .mapToInt(Integer::intValue)
        .min();
  }

  /** What ended later than this cannot have expired; empty when nothing ever does. */
  public Optional<Long> endedBefore(long now) {
    OptionalInt fewest = fewestDays();
    return fewest.isEmpty() ? Optional.empty() : Optional.of(now - fewest.getAsInt() * DAY);
  }
}
