package dev.aftercall.metering;

import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Applications with their plans, and what they have used. */
public interface Applications {
  /** An application in a tenant, and its terms. */
  record Application(String appId, Plan plan) {}

  /** Those that somebody set a plan for, that policies name, or that have used something. */
  Page<Versioned<Application>> list(UUID tenant, Paging paging);

  /**
   * One of them.
   *
   * @return empty when nothing is known of it; it would have the plan {@link Plan#STANDARD}
   */
  Optional<Versioned<Application>> find(UUID tenant, String appId);

  /** A plan that was set, and whether the application was known before. */
  record Saved(Versioned<Application> application, boolean known) {}

  /** Sets a plan. It counts for sessions that begin from now on. */
  Saved set(UUID tenant, Application application, Precondition precondition);

  /**
   * What is wanted of the usage.
   *
   * @param from month, included
   * @param to month, included
   * @param after where the page before ended
   */
  record UsageQuery(
      UUID tenant,
      String from,
      String to,
      Optional<String> appId,
      Optional<Meter> meter,
      Optional<Usage> after,
      int most) {}

  /** A page of usage, by month, application and meter. */
  List<Usage> usage(UsageQuery wanted);
}
