package dev.aftercall.intake;

import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.Original;
import dev.aftercall.transcript.WebVtt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a recorder says about a recording before it sends the bytes. {@link HandOverReader} reads it
 * from JSON; the members have these names there.
 *
 * @param kind what the bytes are: a recording, or the transcript of a call whose recording came
 *     before or never
 * @param recordingId the recording that a transcript belongs to, as Graph encodes it
 * @param meetingId the meeting it belongs to, as Graph encodes it, its join URL, long or short, or
 *     the number people join by; without it a meeting is made
 * @param organizer object id of the person whose meeting it is
 * @param subject of the meeting made
 * @param start ticks at which the recording starts. Default: its duration before it came
 * @param attendees object ids of the people invited
 * @param coorganizers object ids of those who run the meeting too
 * @param externalMeeting what the recorder calls the meeting: hand-overs of one submitter that say
 *     the same, for the same organizer, go into one meeting
 * @param meetingType of the meeting made
 * @param channel whether the meeting made is in a channel
 * @param fileName what a download shall be called
 * @param mediaType what the recorder says it is; another container goes to quarantine
 * @param size in bytes, when the recorder knows it
 * @param sha256 64 lower-case hexadecimal digits, when the recorder knows it
 * @param transcript WebVTT or SubRip of the same call
 * @param tags for retention rules to go by
 * @param idempotencyKey for those who cannot set a header field
 * @param original what it is a copy of; no member, and said by the house alone
 */
record HandOver(
    Artifact.Kind kind,
    Optional<String> recordingId,
    Optional<String> meetingId,
    Optional<UUID> organizer,
    Optional<String> externalMeeting,
    String subject,
    Optional<Long> start,
    List<UUID> attendees,
    List<UUID> coorganizers,
    MeetingType meetingType,
    boolean channel,
    String fileName,
    Optional<String> mediaType,
    Optional<Long> size,
    Optional<String> sha256,
    Optional<String> transcript,
    Set<String> tags,
    Optional<String> idempotencyKey,
    Optional<Original> original) {

  /** Copies the lists. */
  HandOver {
    attendees = List.copyOf(attendees);
    coorganizers = List.copyOf(coorganizers);
    tags = Set.copyOf(tags);
  }

  /** Whether it says whose it is. */
  boolean assigned() {
    return organizer.isPresent() || meetingId.isPresent() || recordingId.isPresent();
  }

  /** Bytes that one file may have, where the server takes {@code most}. */
  long largest(long most) {
    return switch (kind) {
      case RECORDING -> most;
      case TRANSCRIPT -> Math.min(most, WebVtt.LARGEST);
    };
  }
}
