package dev.aftercall.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.Decision;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.access.SecondOpinion;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.preview.ProposalReader;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force, and beside them those that somebody thinks of: the rules in force with the
 * proposal applied, whatever becomes of them meanwhile. Decisions are made once more by {@link
 * #work}, on another thread than the one that answers; when they come faster than that, some are
 * left out and counted as such.
 */
public final class ShadowBook implements RuleBook, SecondOpinion {
  private static final Logger LOG = LoggerFactory.getLogger(ShadowBook.class);
  private static final int MOST_WAITING = 10_000;

  private final RuleBook rules;
  private final Shadows shadows;
  private final InstantSource clock;
  private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();

  /** What proposals make of the rules in force. */
  private volatile Map<UUID, Rules> tried = Map.of();

  /** A book that tries nothing before {@link #refresh}. */
  public ShadowBook(RuleBook rules, Shadows shadows, InstantSource clock) {
    this.rules = rules;
    this.shadows = shadows;
    this.clock = clock;
  }

  @Override
  public Rules of(UUID tenant) {
    return rules.of(tenant);
  }

  @Override
  public SecondOpinion secondOpinion() {
    return this;
  }

  @Override
  public boolean wanted(UUID tenant) {
    Map<UUID, Rules> now = tried;
    return !now.isEmpty() && now.containsKey(tenant);
  }

  @Override
  public void ask(Question question) {
    if (!waiting.offer(question)) {
      leftOut.incrementAndGet();
    }
  }

  /** Takes up what is tried now; run when rules may have changed. */
  public void refresh() {
    Map<UUID, Rules> now = new HashMap<>();
    shadows
        .all()
        .forEach(
            (tenant, operations) ->
                applied(operations, rules.of(tenant)).ifPresent(it -> now.put(tenant, it)));
    tried = Map.copyOf(now);
  }

  private static Optional<Rules> applied(String operations, Rules base) {
    try {
      return Optional.of(ProposalReader.read(Json.MAPPER.readTree(operations)).applyTo(base));
    } catch (JsonProcessingException | ChangeRefused e) {
      LOG.error("A proposal that was accepted cannot be read any more", e);
      return Optional.empty();
    }
  }

  /** Makes the waiting decisions once more, and writes down which differ. */
  public void work() {
    Map<Difference, Long> counts = new HashMap<>();
    for (Question each = waiting.poll(); each != null; each = waiting.poll()) {
      compare(each).ifPresent(difference -> counts.merge(difference, 1L, Long::sum));
    }
    if (!counts.isEmpty()) {
      shadows.add(counts, Ticks.of(clock.instant()));
    }
    long missed = leftOut.getAndSet(0);
    if (missed > 0) {
      LOG.warn("{} decisions came too fast to be made once more by the shadow rules", missed);
    }
  }

  private Optional<Difference> compare(Question question) {
    Rules shadow = tried.get(question.tenant());
    if (shadow == null) {
      return Optional.empty();
    }
    Decision other = question.again().apply(shadow);
    boolean allowed = question.decided() instanceof Decision.Allow;
    if (allowed == other instanceof Decision.Allow) {
      return Optional.empty();
    }
    return Optional.of(
        new Difference(
            question.tenant(),
            question.appId(),
            question.person().map(UUID::toString).orElse(""),
            question.action(),
            word(question.decided()),
            word(other)));
  }

  private static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allow(Decision.Grounds grounds) -> "allow:" + grounds.word();
      case Decision.Deny deny -> "deny:" + deny.denial().rule().word();
    };
  }

  /** Made when it is first needed: no start waits for it. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }
}
