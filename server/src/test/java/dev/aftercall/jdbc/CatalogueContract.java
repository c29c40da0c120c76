package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.intake.IntakeStore;
import dev.aftercall.intake.IntakeStore.Commit;
import dev.aftercall.intake.Upload;
import dev.aftercall.intake.Upload.State;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the catalogue and the intake's store promise, whichever database keeps them. */
abstract class CatalogueContract {
  private static final String THREAD = "19:meeting_x@thread.v2";

  final Rows rows = new Rows();
  final UUID tenant = rows.guid();
  final UUID otherTenant = rows.guid();
  Database database;
  JdbcCatalogue catalogue;
  JdbcIntakeStore store;

  /** A database with nothing in it but the schema. */
  abstract Database.Location location();

  @BeforeEach
  void openDatabase() {
    database = Database.open(location());
    catalogue = new JdbcCatalogue(database);
    store = new JdbcIntakeStore(database);
  }

  @AfterEach
  void closeDatabase() {
    database.close();
  }

  @Test
  void findsWhatWasCommittedToTheTick() {
    Meeting meeting = rows.meeting(tenant, THREAD);
    Artifact recording = rows.recording(meeting);
    UUID invited = rows.guid();
    keep(rows.commit(meeting, true, recording, invited));

    Catalogue.Found found =
        catalogue
            .find(tenant, THREAD, invited, Artifact.Kind.RECORDING, recording.artifact())
            .orElseThrow();

    assertThat(found.meeting()).isEqualTo(meeting);
    assertThat(found.artifact()).contains(recording);
    assertThat(found.role()).contains(Role.ATTENDEE);
    assertThat(store.meeting(tenant, THREAD)).contains(meeting);
  }

  @Test
  void tellsRolesApart() {
    Meeting meeting = rows.meeting(tenant, THREAD);
    Artifact recording = rows.recording(meeting);
    keep(rows.commit(meeting, true, recording));

    assertThat(role(meeting.organizer(), recording)).contains(Role.ORGANIZER);
    assertThat(role(rows.guid(), recording)).isEmpty();
  }

  @Test
  void aMissingRecordingStillShowsItsMeeting() {
    Meeting meeting = rows.meeting(tenant, THREAD);
    keep(rows.commit(meeting, true, rows.recording(meeting)));

    assertThat(
            catalogue.find(
                tenant, THREAD, meeting.organizer(), Artifact.Kind.RECORDING, rows.guid()))
        .hasValueSatisfying(found -> assertThat(found.artifact()).isEmpty());
    assertThat(
            catalogue.find(
                tenant,
                "19:other@thread.v2",
                meeting.organizer(),
                Artifact.Kind.RECORDING,
                rows.guid()))
        .isEmpty();
  }

  @Test
  void aRecordingOfAnotherMeetingIsNotThere() {
    Meeting one = rows.meeting(tenant, THREAD);
    Meeting other = rows.meeting(tenant, "19:other@thread.v2");
    Artifact elsewhere = rows.recording(other);
    keep(rows.commit(one, true, rows.recording(one)));
    keep(rows.commit(other, true, elsewhere));

    assertThat(
            catalogue.find(
                tenant, THREAD, one.organizer(), Artifact.Kind.RECORDING, elsewhere.artifact()))
        .hasValueSatisfying(found -> assertThat(found.artifact()).isEmpty());
  }

  @Test
  void findsATranscriptAndWhatItIsJoinedTo() {
    Meeting meeting = rows.meeting(tenant, THREAD);
    Artifact recording = rows.recording(meeting);
    Commit commit = rows.commit(meeting, true, recording);
    keep(commit);
    Artifact transcript = commit.artifacts().getLast();

    assertThat(store.recording(tenant, recording.artifact()))
        .contains(new IntakeStore.Recorded(meeting, recording));
    assertThat(store.recording(otherTenant, recording.artifact())).isEmpty();
    assertThat(store.recording(tenant, transcript.artifact())).as("no recording").isEmpty();
    Artifact found =
        catalogue
            .find(
                tenant,
                THREAD,
                meeting.organizer(),
                Artifact.Kind.TRANSCRIPT,
                transcript.artifact())
            .flatMap(Catalogue.Found::artifact)
            .orElseThrow();
    assertThat(found.contentCorrelationId()).isEqualTo(recording.contentCorrelationId());
    assertThat(found.media().sha256()).isEqualTo(transcript.media().sha256());
    assertThat(found.media().size()).isEqualTo(12);
    assertThat(
            catalogue.find(
                tenant,
                THREAD,
                meeting.organizer(),
                Artifact.Kind.TRANSCRIPT,
                recording.artifact()))
        .hasValueSatisfying(it -> assertThat(it.artifact()).isEmpty());
  }

  @Test
  void tenantsDoNotSeeEachOtherEvenWithTheSameThread() {
    Meeting ours = rows.meeting(tenant, THREAD);
    Meeting theirs = rows.meeting(otherTenant, THREAD);
    Artifact recording = rows.recording(ours);
    keep(rows.commit(ours, true, recording));

    assertThat(
            catalogue.find(
                otherTenant,
                THREAD,
                ours.organizer(),
                Artifact.Kind.RECORDING,
                recording.artifact()))
        .isEmpty();
    assertThat(store.meeting(otherTenant, THREAD)).isEmpty();

    keep(rows.commit(theirs, true, rows.recording(theirs)));
    assertThat(
            catalogue.find(
                otherTenant,
                THREAD,
                ours.organizer(),
                Artifact.Kind.RECORDING,
                recording.artifact()))
        .hasValueSatisfying(
            found -> {
              assertThat(found.meeting()).isEqualTo(theirs);
              assertThat(found.artifact()).isEmpty();
              assertThat(found.role()).isEmpty();
            });
  }

  @Test
  void openingAgainUnderAKeyGivesTheOneThatStands() {
    Upload first = rows.upload(tenant, "key", 100);

    assertThat(store.open(first)).isEqualTo(first);
    assertThat(store.open(rows.upload(tenant, "key", 200))).isEqualTo(first);
    assertThat(store.byKey(first.submitter(), "key")).contains(first);
    assertThat(store.byKey(first.submitter(), "Key")).isEmpty();

    Upload foreign = rows.upload(otherTenant, "key", 100);
    assertThat(store.open(foreign)).isEqualTo(foreign);
  }

  @Test
  void withoutAKeyEveryOpeningIsNew() {
    Upload one = store.open(rows.upload(tenant, "", 100));
    Upload two = store.open(rows.upload(tenant, "", 100));

    assertThat(one.id()).isNotEqualTo(two.id());
    assertThat(store.find(one.id())).contains(one);
  }

  @Test
  void ofManyAtOnceUnderOneKeyOneStands() throws Exception {
    List<Callable<String>> senders =
        rowsOf(8).stream().<Callable<String>>map(upload -> () -> store.open(upload).id()).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> ids = threads.invokeAll(senders).stream().map(Future::resultNow).toList();

      assertThat(ids).hasSize(8).containsOnly(ids.getFirst());
    }
  }

  @Test
  void movesOnlyFromTheStateNamed() {
    Upload upload = store.open(rows.upload(tenant, "", 100));

    assertThat(move(upload, State.KEEPING, State.READY)).isFalse();
    assertThat(store.find(upload.id())).contains(upload);
    assertThat(move(upload, State.RECEIVING, State.KEEPING)).isTrue();
    assertThat(move(upload, State.RECEIVING, State.KEEPING)).isFalse();
    assertThat(store.find(upload.id()).orElseThrow())
        .satisfies(
            now -> {
              assertThat(now.state()).isEqualTo(State.KEEPING);
              assertThat(now.reason()).contains("why");
              assertThat(now.receipt()).contains("facts");
            });
    assertThat(move("no-such-upload")).isFalse();
  }

  @Test
  void movingWithoutFactsKeepsThem() {
    Upload upload = store.open(rows.upload(tenant, "", 100));
    move(upload, State.RECEIVING, State.KEEPING);

    store.move(upload.id(), State.KEEPING, State.QUARANTINED, Optional.empty(), Optional.empty());

    assertThat(store.find(upload.id()).orElseThrow().receipt()).contains("facts");
  }

  @Test
  void aNewSecretVoidsTheOld() {
    Upload upload = store.open(rows.upload(tenant, "", 100));

    store.renewSecret(upload.id(), "new");

    assertThat(store.find(upload.id()).orElseThrow().secretSha256()).isEqualTo("new");
  }

  @Test
  void commitsOnce() {
    Meeting meeting = rows.meeting(tenant, THREAD);
    Artifact recording = rows.recording(meeting);
    Upload upload = store.open(rows.upload(tenant, "", 100));
    Commit commit = rows.commit(meeting, true, recording);

    assertThat(store.commit(upload.id(), commit)).as("still receiving").isFalse();
    assertThat(store.meeting(tenant, THREAD)).isEmpty();
    move(upload, State.RECEIVING, State.KEEPING);
    assertThat(store.commit(upload.id(), commit)).isTrue();
    assertThat(store.commit(upload.id(), commit)).isFalse();
    assertThat(store.find(upload.id()).orElseThrow())
        .satisfies(
            done -> {
              assertThat(done.state()).isEqualTo(State.READY);
              assertThat(done.receipt()).contains(commit.receipt());
            });
  }

  @Test
  void aCommitThatFailsLeavesNothing() {
    Meeting first = rows.meeting(tenant, "19:other@thread.v2");
    Artifact taken = rows.recording(first);
    keep(rows.commit(first, true, taken));
    Meeting meeting = rows.meeting(tenant, THREAD);
    Upload upload = store.open(rows.upload(tenant, "", 100));
    move(upload, State.RECEIVING, State.KEEPING);

    // The recording's key is taken: the last but one insert fails.
    assertThatThrownBy(() -> store.commit(upload.id(), rows.commit(meeting, true, taken)))
        .isInstanceOf(RuntimeException.class);

    assertThat(store.meeting(tenant, THREAD)).isEmpty();
    assertThat(store.find(upload.id()).orElseThrow().state()).isEqualTo(State.KEEPING);
  }

  @Test
  void whatBelongsTogetherIsWrittenTogether() throws Exception {
    Upload upload = rows.upload(tenant, "", 100);

    boolean seen =
        store.together(
            () -> {
              store.open(upload);
              return store.find(upload.id()).isPresent()
                  && store.move(
                      upload.id(),
                      State.RECEIVING,
                      State.WAITING,
                      Optional.empty(),
                      Optional.empty());
            });

    assertThat(seen).as("what was written before in the same transaction").isTrue();
    assertThat(store.find(upload.id()).orElseThrow().state()).isEqualTo(State.WAITING);
  }

  @Test
  void aStepThatFailsUndoesThoseBefore() {
    Upload upload = rows.upload(tenant, "", 100);

    assertThatThrownBy(
            () ->
                store.together(
                    () -> {
                      store.open(upload);
                      throw new IOException("no further");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("no further");

    assertThat(store.find(upload.id())).isEmpty();
  }

  @Test
  void whoWaitsForWhatIsVisibleIsToldOnceItIs() throws Exception {
    Meeting meeting = rows.meeting(tenant, THREAD);
    Upload upload = store.open(rows.upload(tenant, "", 100));
    move(upload, State.RECEIVING, State.KEEPING);
    List<String> told = new ArrayList<>();
    IntakeStore telling = new JdbcIntakeStore(database, () -> told.add("visible"));

    telling.together(
        () -> {
          boolean done =
              telling.commit(upload.id(), rows.commit(meeting, true, rows.recording(meeting)));
          told.add("committing");
          return done;
        });

    assertThat(told).containsExactly("committing", "visible");
  }

  @Test
  void aSecondRecordingJoinsTheMeetingAndKeepsRoles() {
    Meeting meeting = rows.meeting(tenant, THREAD);
    UUID late = rows.guid();
    keep(rows.commit(meeting, true, rows.recording(meeting)));
    Artifact second = rows.recording(meeting);
    keep(rows.commit(meeting, false, second, late, meeting.organizer()));

    assertThat(role(late, second)).contains(Role.ATTENDEE);
    assertThat(role(meeting.organizer(), second)).contains(Role.ORGANIZER);
  }

  @Test
  void listsByStateTheOldestFirst() {
    Upload late = store.open(rows.upload(tenant, "", 300));
    Upload early = store.open(rows.upload(otherTenant, "", 100));
    Upload moved = store.open(rows.upload(tenant, "", 50));
    move(moved, State.RECEIVING, State.KEEPING);

    assertThat(store.inState(State.RECEIVING, 301)).containsExactly(early, late);
    assertThat(store.inState(State.RECEIVING, 300)).containsExactly(early);
    assertThat(store.inState(State.KEEPING, Long.MAX_VALUE)).hasSize(1);
    assertThat(store.inState(State.READY, Long.MAX_VALUE)).isEmpty();
  }

  private List<Upload> rowsOf(int count) {
    return Stream.generate(() -> rows.upload(tenant, "same", 100)).limit(count).toList();
  }

  private void keep(Commit commit) {
    Upload upload = store.open(rows.upload(commit.meeting().tenant(), "", 100));
    move(upload, State.RECEIVING, State.KEEPING);
    assertThat(store.commit(upload.id(), commit)).isTrue();
  }

  private boolean move(Upload upload, State from, State to) {
    return store.move(upload.id(), from, to, Optional.of("why"), Optional.of("facts"));
  }

  private boolean move(String id) {
    return store.move(id, State.RECEIVING, State.KEEPING, Optional.empty(), Optional.empty());
  }

  private Optional<Role> role(UUID person, Artifact recording) {
    return catalogue
        .find(tenant, THREAD, person, Artifact.Kind.RECORDING, recording.artifact())
        .orElseThrow()
        .role();
  }
}
