package dev.aftercall.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.access.Rules;
import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.JournalUnavailable;
import dev.aftercall.meeting.MeetingDraft;
import dev.aftercall.meeting.Meetings;
import dev.aftercall.meeting.OnlineMeeting;
import dev.aftercall.notification.Subscription;
import dev.aftercall.notification.Subscriptions;
import dev.aftercall.notification.Topic;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Inventory;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ids;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Making something is on record before it is made, and that it was made after it. */
final class CreationJournalTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID PERSON = UUID.fromString("00000000-0000-4000-8000-0000000000cc");

  /** What the journal heard and the stores did, in its order. */
  private final List<String> happened = new ArrayList<>();

  private int room = 9;
  private final TestClock clock = new TestClock(TestClock.START);
  private final Journal journal =
      entry -> {
        if (room-- <= 0) {
          throw new JournalUnavailable("full");
        }
        happened.add(entry.action() + " " + (entry.allowed() ? "allowed" : "refused"));
      };
  private final MeetingGate meetings =
      new MeetingGate(
          tenant -> Rules.NONE,
          store(Meetings.class, new Meetings.Outcome.Created()),
          journal,
          Ids.repeatable(1),
          clock);
  private final SubscriptionGate subscriptions =
      new SubscriptionGate(
          tenant -> Rules.NONE,
          store(Inventory.class, "nobody asks"),
          store(Subscriptions.class, Subscriptions.Outcome.CREATED),
          urls -> happened.add("asked the endpoint"),
          journal,
          Ids.repeatable(2),
          clock);

  private <T> T store(Class<T> type, Object created) {
    return type.cast(
        Proxy.newProxyInstance(
            CreationJournalTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              happened.add(method.getName());
              return created;
            }));
  }

  private OnlineMeeting meeting() {
    Caller caller = new Caller.User(TENANT, "app", PERSON, "", Set.of("OnlineMeetings.ReadWrite"));
    MeetingAsk ask =
        new MeetingAsk("request", caller, new PathUser.Person(PERSON), "/me/onlineMeetings");
    return meetings.create(
        ask, person -> new MeetingDraft("", 1, 2, Map.of(), Optional.empty(), false, false, "{}"));
  }

  private Subscription subscription() throws Exception {
    Caller caller =
        new Caller.Application(TENANT, "app", "", Set.of("OnlineMeetingRecording.Read.All"));
    return subscriptions.create(
        new SubscriptionGate.Asker("request", caller, Long.MAX_VALUE),
        new SubscriptionGate.Wanted(
            new Topic(Artifact.Kind.RECORDING, false, new Scope.Everything()),
            "communications/onlineMeetings/getAllRecordings",
            new Subscription.Target(
                "https://receiver.example/hook", Optional.empty(), Optional.empty(), "v1_2"),
            Optional.empty(),
            Long.MAX_VALUE));
  }

  @Test
  void theJournalHearsBeforeAndAfter() throws Exception {
    assertThat(meeting().meeting().organizer()).isEqualTo(PERSON);
    assertThat(happened)
        .containsExactly("meeting-write allowed", "create", "meeting-write allowed");

    happened.clear();
    assertThat(subscription().resource()).endsWith("getAllRecordings");
    assertThat(happened)
        .containsExactly(
            "asked the endpoint",
            "subscription-create allowed",
            "create",
            "subscription-create allowed");
  }

  @Test
  void whatCannotBeTakenDownIsNotMade() {
    room = 0;
    assertThatThrownBy(this::meeting).isInstanceOf(JournalUnavailable.class);
    assertThatThrownBy(this::subscription).isInstanceOf(JournalUnavailable.class);
    assertThat(happened).containsExactly("asked the endpoint");
  }

  /** That it was tried is on record; to say no of what is there would be wrong. */
  @Test
  void whatIsMadeIsAnsweredThoughItsEndCannotBeTakenDown() throws Exception {
    room = 1;
    assertThat(meeting().meeting().organizer()).isEqualTo(PERSON);
    room = 1;
    assertThat(subscription().resource()).endsWith("getAllRecordings");
  }
}
