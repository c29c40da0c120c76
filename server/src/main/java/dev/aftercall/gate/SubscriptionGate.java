package dev.aftercall.gate;

import dev.aftercall.access.Decision;
import dev.aftercall.access.Denial;
import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.access.SubscriptionAccess;
import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.access.Trail;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.notification.Endpoints;
import dev.aftercall.notification.Endpoints.NotAnEndpoint;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Subscriptions;
import dev.aftercall.notification.Topic;
import dev.aftercall.recording.Inventory;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The one door to subscriptions: decide, ask the endpoint, keep, journal. Who may not read a
 * recording may not subscribe to it either, and nobody sees another's subscriptions.
 */
public final class SubscriptionGate {
  private final RuleBook ruleBook;
  private final Inventory inventory;
  private final Subscriptions subscriptions;
  private final Endpoints endpoints;
  private final Journal journal;
  private final Ids ids;
  private final InstantSource clock;
  private final Entries entries;

  /** Builds the gate from what it guards. */
  public SubscriptionGate(
      RuleBook ruleBook,
      Inventory inventory,
      Subscriptions subscriptions,
      Endpoints endpoints,
      Journal journal,
      Ids ids,
      InstantSource clock) {
    this.ruleBook = ruleBook;
    this.inventory = inventory;
    this.subscriptions = subscriptions;
    this.endpoints = endpoints;
    this.journal = journal;
    this.ids = ids;
    this.clock = clock;
    this.entries = new Entries(clock);
  }

  /**
   * One caller asks.
   *
   * @param requestId for the journal
   * @param tokenEnds ticks; when the caller's token ends
   */
  public record Asker(String requestId, Caller caller, long tokenEnds) {}

  /** A subscription that is wanted. */
  public record Wanted(
      Topic topic,
      String resource,
      Subscription.Target target,
      Optional<Subscription.Encryption> encryption,
      long expires) {}

  /**
   * What is to become of a subscription; what is empty stays.
   *
   * @param expires ticks
   */
  public record Renewal(
      long expires, Optional<String> url, Optional<Subscription.Encryption> encryption) {}

  /** There is no room for another subscription. */
  public static final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Subscriptions.Outcome outcome;

    NoRoom(Subscriptions.Outcome outcome) {
      super(outcome.name(), null, false, false);
      this.outcome = outcome;
    }

    /** Which room is full. */
    public Subscriptions.Outcome outcome() {
      return outcome;
    }
  }

  /** The caller has no such subscription. */
  public static final class NoSuchSubscription extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchSubscription() {
      super("No such subscription.", null, false, false);
    }
  }

  /**
   * Subscribes.
   *
   * @throws Refused when a rule says no
   * @throws NotAnEndpoint when an address does not answer as it must
   * @throws NoRoom when there are enough
   */
  public Subscription create(Asker asker, Wanted wanted) throws NotAnEndpoint {
    decide(asker, "create", wanted.topic(), wanted.resource());
    List<String> urls = new ArrayList<>(List.of(wanted.target().url()));
    wanted.target().lifecycleUrl().ifPresent(urls::add);
    endpoints.validate(urls);
    long now = now();
    Subscription subscription =
        new Subscription(
            ids.guid(),
            asker.caller(),
            wanted.topic(),
            wanted.resource(),
            wanted.target(),
            wanted.encryption(),
            now,
            wanted.expires(),
            authorized(asker, wanted.target(), wanted.expires()));
    journal(asker, "create", wanted.resource(), "creating", true);
    Subscriptions.Outcome outcome =
        subscriptions.create(subscription, Subscriptions.Quotas.GRAPH, now);
    if (outcome != Subscriptions.Outcome.CREATED) {
      throw new NoRoom(outcome);
    }
    Entries.done(journal, entry(asker, "create", wanted.resource(), "created", true));
    return subscription;
  }

  /** The caller's own, the oldest first. */
  public List<Subscription> list(Asker asker) {
    return subscriptions.of(asker.caller(), now());
  }

  /** One of the caller's own. */
  public Subscription get(Asker asker, UUID id) {
    return own(asker, id);
  }

  /** Lets one live on, told elsewhere if so wished. The caller's token authorizes it anew. */
  public Subscription renew(Asker asker, UUID id, Renewal renewal) throws NotAnEndpoint {
    Subscription before = own(asker, id);
    decide(asker, "renew", before.topic(), before.resource());
    if (renewal.url().isPresent()) {
      endpoints.validate(List.of(renewal.url().get()));
    }
    Subscription after =
        before
            .at(
                renewal.url().orElse(before.target().url()),
                renewal.encryption().or(before::encryption))
            .renewed(
                asker.caller(),
                renewal.expires(),
                authorized(asker, before.target(), renewal.expires()));
    return replaced(asker, "renew", after);
  }

  /** Authorizes one anew without letting it live longer. */
  public void reauthorize(Asker asker, UUID id) {
    Subscription before = own(asker, id);
    decide(asker, "reauthorize", before.topic(), before.resource());
    replaced(
        asker,
        "reauthorize",
        before.renewed(
            asker.caller(),
            before.expires(),
            authorized(asker, before.target(), before.expires())));
  }

  /** Ends one. */
  public void delete(Asker asker, UUID id) {
    Subscription before = own(asker, id);
    journal(asker, "delete", before.resource(), "deleted", true);
    if (!subscriptions.delete(asker.caller().tenant(), id)) {
      throw new NoSuchSubscription();
    }
  }

  private Subscription replaced(Asker asker, String action, Subscription after) {
    journal(asker, action, after.resource(), after.id().toString(), true);
    if (!subscriptions.replace(after, now())) {
      throw new NoSuchSubscription();
    }
    return after;
  }

  private Subscription own(Asker asker, UUID id) {
    return subscriptions
        .find(asker.caller().tenant(), id, now())
        .filter(found -> found.ownedBy(asker.caller()))
        .orElseThrow(NoSuchSubscription::new);
  }

  /**
   * Where nobody can be asked to authorize anew, the subscription is as short as a token, and lives
   * to its end.
   */
  private static long authorized(Asker asker, Subscription.Target target, long expires) {
    return target.lifecycleUrl().isPresent() ? asker.tokenEnds() : expires;
  }

  private void decide(Asker asker, String action, Topic topic, String resource) {
    Caller caller = asker.caller();
    Rules rules = ruleBook.of(caller.tenant());
    Asked asked = new Asked(asker, action, topic, resource, new Trail());
    allowed(
        asked,
        SubscriptionAccess.admit(caller, topic.permissions(), topic.scope(), rules, asked.trail()));
    if (topic.scope() instanceof Scope.OfMeeting meeting) {
      permit(asked, meeting, rules);
    }
  }

  /**
   * A meeting that nobody has heard of yet may be subscribed to by those whom its id alone lets in;
   * many a meeting is first heard of when it is recorded.
   */
  private void permit(Asked asked, Scope.OfMeeting scope, Rules rules) {
    Asker asker = asked.asker();
    UUID person = asker.caller() instanceof Caller.User user ? user.oid() : scope.id().organizer();
    Optional<Inventory.Place> place =
        inventory
            .meeting(asker.caller().tenant(), scope.id().threadId(), person)
            .filter(hit -> hit.meeting().type() != MeetingType.ADHOC);
    if (place.isEmpty()) {
      if (!person.equals(scope.id().organizer())) {
        throw missing(asked);
      }
      return;
    }
    if (!place.get().meeting().organizer().equals(scope.id().organizer())) {
      throw missing(asked);
    }
    boolean _ = asked.trail().ask(Denial.Rule.FOUND, true, () -> "The meeting is there");
    allowed(
        asked,
        SubscriptionAccess.tell(
            asker.caller(),
            asked.topic().permissions(),
            scope,
            place.get().meeting(),
            place.get().role(),
            rules,
            now(),
            asked.trail()));
  }

  private record Asked(Asker asker, String action, Topic topic, String resource, Trail trail) {}

  private NoSuchRecording missing(Asked asked) {
    boolean _ = asked.trail().ask(Denial.Rule.FOUND, false, () -> "There is no such meeting");
    refused(asked, Denial.notFound(), Gate.NOT_FOUND);
    return new NoSuchRecording();
  }

  private void allowed(Asked asked, Decision decision) {
    if (decision instanceof Decision.Deny(Denial denial)) {
      refused(asked, denial, denial.rule().word());
      throw new Refused(denial);
    }
  }

  private void refused(Asked asked, Denial denial, String rule) {
    Asker asker = asked.asker();
    Topic topic = asked.topic();
    journal.refused(
        entry(asker, asked.action(), asked.resource(), rule, false),
        asked
            .trail()
            .explained(
                denial,
                SubscriptionAccess.chain(asker.caller(), topic.permissions(), topic.scope())));
  }

  private void journal(Asker asker, String action, String target, String rule, boolean allowed) {
    journal.record(entry(asker, action, target, rule, allowed));
  }

  private Journal.Entry entry(
      Asker asker, String action, String target, String rule, boolean allowed) {
    return entries.of(
        asker.requestId(),
        asker.caller(),
        "subscription-" + action.toLowerCase(Locale.ROOT),
        target,
        rule,
        allowed,
        Delivery.NONE);
  }

  private long now() {
    return Ticks.of(clock.instant());
  }
}
