package dev.aftercall.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.Journal;
import dev.aftercall.journal.JournalUnavailable;
import dev.aftercall.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What administrators do is on record before it is done. */
final class AdminGateTest {
  private static final UUID TENANT = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private final List<Journal.Entry> journal = new ArrayList<>();
  private boolean full;
  private final AdminGate gate =
      new AdminGate(
          entry -> {
            if (full) {
              throw new JournalUnavailable("full");
            }
            journal.add(entry);
          },
          new TestClock(TestClock.START));

  private static AdminAsk ask() {
    return new AdminAsk(
        "request",
        new Caller.Application(TENANT, "app", "", Set.of(AdminAccess.MANAGE)),
        AdminAccess.Action.CHANGE,
        "PUT /admin/v1/policies/x");
  }

  @Test
  void theDecisionIsOnRecordBeforeTheWorkAndItsEndAfterIt() {
    AdminGate.Admitted admitted = gate.admit(ask());
    assertThat(journal).hasSize(1);
    assertThat(journal.getFirst().allowed()).isTrue();
    assertThat(journal.getFirst().target()).isEqualTo("PUT /admin/v1/policies/x");
    assertThat(journal.getFirst().delivery()).isEqualTo(Journal.Delivery.NONE);

    admitted.report().over(201);
    assertThat(journal).hasSize(2);
    assertThat(journal.getLast().delivery().status()).isEqualTo(201);
  }

  @Test
  void whatCannotBeTakenDownIsNotDone() {
    full = true;
    assertThatThrownBy(() -> gate.admit(ask())).isInstanceOf(JournalUnavailable.class);
  }

  @Test
  void whatIsDoneIsAnsweredThoughItsEndCannotBeTakenDown() {
    AdminGate.Admitted admitted = gate.admit(ask());
    full = true;
    assertThatCode(() -> admitted.report().over(201)).doesNotThrowAnyException();
    assertThat(journal).hasSize(1);
  }
}
