package dev.aftercall.retention;

import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.retention.RunState.Warning;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of each item that it is going to expire, once for each time and rule: in the journal, the
 * log and the list of warnings. The journal hears first, so that whatever ends the process in
 * between, nothing counts as warned of that the journal does not know of; it may then hear twice.
 */
final class Forewarning {
  private static final Logger LOG = LoggerFactory.getLogger(Forewarning.class);
  private static final int BATCH = 200;

  private final Outlook outlook;
  private final RunState state;
  private final RetentionSettings settings;
  private final Journal journal;
  private final Ids ids;

  Forewarning(
      Outlook outlook, RunState state, RetentionSettings settings, Journal journal, Ids ids) {
    this.outlook = outlook;
    this.state = state;
    this.settings = settings;
    this.journal = journal;
    this.ids = ids;
  }

  /**
   * Warns of what expires within the time set; gives the warnings that are new.
   *
   * @param now ticks
   */
  List<Warning> warn(UUID tenant, long now) {
    String run = ids.guid().toString();
    List<Warning> fresh = new ArrayList<>();
    List<Warning> batch = new ArrayList<>();
    outlook.expiring(
        tenant,
        outlook.rules(tenant),
        now + Ticks.of(settings.warnBefore()),
        (item, expiry) -> {
          long at = expiry.at().orElseThrow();
          batch.add(new Warning(item.kind(), item.artifact(), tenant, at, expiry.rule(), now));
          if (batch.size() == BATCH) {
            fresh.addAll(said(batch, run));
            batch.clear();
          }
        });
    fresh.addAll(said(batch, run));
    state.forget(tenant, now);
    return fresh;
  }

  private List<Warning> said(List<Warning> batch, String run) {
    List<Warning> fresh = state.fresh(batch);
    fresh.forEach(warning -> say(warning, run));
    state.warn(batch);
    return fresh;
  }

  private void say(Warning warning, String run) {
    String expires = Ticks.format(warning.expires());
    journal.record(
        new Journal.Entry(
            warning.warned(),
            run,
            warning.tenant(),
            Removal.RETENTION,
            "",
            "retention-warning",
            warning.artifact().toString(),
            warning.rule() + ", expires " + expires,
            true,
            Delivery.NONE));
    LOG.info(
        "{} {} of tenant {} expires at {} by rule '{}'",
        warning.kind(),
        warning.artifact(),
        warning.tenant(),
        expires,
        warning.rule());
  }
}
