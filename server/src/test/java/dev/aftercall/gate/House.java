package dev.aftercall.gate;

import dev.aftercall.access.RuleBook;
import dev.aftercall.access.Rules;
import dev.aftercall.content.Content;
import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.Stored;
import dev.aftercall.journal.Journal;
import dev.aftercall.meeting.Expiry;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.meeting.Role;
import dev.aftercall.metering.MemoryLedger;
import dev.aftercall.metering.Metering;
import dev.aftercall.metering.Tariff;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Catalogue;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.testing.TestClock;
import dev.aftercall.time.Ticks;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a gate guards, in memory: one meeting with one recording, and a note of every touch. */
final class House {
  static final UUID ORGANIZER = UUID.fromString("00000000-0000-4000-8000-0000000000cc");
  static final String THREAD = "19:meeting_x@thread.v2";

  final Meeting meeting;
  final Artifact recording;
  final Map<UUID, Role> roles = new HashMap<>();
  final Map<ContentKey, Content> contents = new HashMap<>();
  final List<UUID> lookUps = new ArrayList<>();
  final List<ContentKey> opened = new ArrayList<>();
  final List<Journal.Entry> journal = new ArrayList<>();
  final MemoryLedger ledger = new MemoryLedger();

  House(UUID tenant) {
    this(meeting(tenant, MeetingType.SCHEDULED));
  }

  House(Meeting held) {
    meeting = held;
    UUID tenant = held.tenant();
    recording =
        new Artifact(
            Artifact.Kind.RECORDING,
            UUID.fromString("00000000-0000-4000-8000-0000000000dd"),
            tenant,
            meeting.key(),
            meeting.key(),
            "x-0",
            meeting.start(),
            meeting.end(),
            new Artifact.MediaFile("video/mp4", 100, "ab", "x.mp4", 3_719_999, meeting.end()));
    roles.put(ORGANIZER, Role.ORGANIZER);
    contents.put(recording.contentKey(), new Content.OnDisk(Path.of("nowhere"), 100));
  }

  static Meeting meeting(UUID tenant, MeetingType type) {
    long start = Ticks.of(TestClock.START);
    return new Meeting(
        UUID.fromString("00000000-0000-4000-8000-0000000000ee"),
        tenant,
        ORGANIZER,
        THREAD,
        "040000008200E00074C5B7101A82E008",
        "Weekly",
        type,
        false,
        true,
        start,
        start + 10,
        Expiry.of(type, start, start + 10));
  }

  String recordingId() {
    return RecordingId.encode(meeting, recording.artifact());
  }

  /** A gate before everything. */
  Gate open() {
    return gate(this::find, new Shelf());
  }

  /** A gate where reaching for bytes is an error. */
  Gate withoutBytes() {
    return gate(this::find, new Walled());
  }

  /** A gate where even a look-up is an error. */
  Gate shut() {
    return gate(
        (tenant, thread, person, kind, artifact) -> {
          throw new AssertionError("A refused call looked into the catalogue.");
        },
        new Walled());
  }

  /** A gate whose journal is another. */
  Gate journalling(Journal other) {
    return gate(this::find, new Shelf(), other);
  }

  private Gate gate(Catalogue catalogue, ContentStore store) {
    return gate(catalogue, store, journal::add);
  }

  private Gate gate(Catalogue catalogue, ContentStore store, Journal listening) {
    RuleBook rules = tenant -> Rules.NONE;
    TestClock clock = new TestClock(TestClock.START);
    Metering metering = new Metering(ledger, Tariff.DOCUMENTED, clock);
    return new Gate(rules, catalogue, store, metering, listening, clock);
  }

  private Optional<Catalogue.Found> find(
      UUID tenant, String threadId, UUID person, Artifact.Kind kind, UUID artifact) {
    lookUps.add(tenant);
    if (!tenant.equals(meeting.tenant()) || !threadId.equals(meeting.threadId())) {
      return Optional.empty();
    }
    return Optional.of(
        new Catalogue.Found(
            meeting,
            Optional.ofNullable(roles.get(person)),
            Optional.of(recording).filter(it -> it.artifact().equals(artifact))));
  }

  private final class Shelf extends Walled {
    @Override
    public Optional<Content> open(ContentKey key) {
      opened.add(key);
      return Optional.ofNullable(contents.get(key));
    }
  }

  /** A store nobody may come near. */
  private static class Walled implements ContentStore {
    @Override
    public void keep(ContentKey key, Path file) {
      throw touched();
    }

    @Override
    public Optional<Content> open(ContentKey key) {
      throw touched();
    }

    @Override
    public InputStream read(ContentKey key, long offset, long length) {
      throw touched();
    }

    @Override
    public boolean delete(ContentKey key) {
      throw touched();
    }

    @Override
    public List<Stored> list(String after, int limit) {
      throw touched();
    }

    @Override
    public Optional<Stored> stat(ContentKey key) {
      throw touched();
    }

    @Override
    public Optional<String> quarantine(ContentKey key) {
      throw touched();
    }

    @Override
    public void check() {
      throw touched();
    }

    private static AssertionError touched() {
      return new AssertionError("A refused call reached for bytes.");
    }
  }
}
