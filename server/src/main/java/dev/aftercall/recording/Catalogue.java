package dev.aftercall.recording;

import dev.aftercall.meeting.Meeting;
import dev.aftercall.meeting.Role;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds recordings, transcripts and the meetings that hold them. Every look-up is confined to one
 * tenant.
 */
public interface Catalogue {
  /**
   * Finds a meeting by its thread together with what the access rules and the answer need.
   *
   * @param person whose place on the roster is wanted
   * @param kind which kind the artifact is of
   * @param artifact the recording or transcript wanted
   * @return empty when the tenant has no such meeting
   */
  Optional<Found> find(
      UUID tenant, String threadId, UUID person, Artifact.Kind kind, UUID artifact);

  /**
   * Finds what was drawn of a recording; nothing, where nothing is ever drawn.
   *
   * @param number 0 is the poster; previews begin at 1
   */
  default Optional<Picture> picture(UUID tenant, UUID recording, int number) {
    return Optional.empty();
  }

  /**
   * What one look-up gave.
   *
   * @param role what the person is to the meeting; empty for strangers
   * @param artifact empty when the meeting has no such artifact
   */
  record Found(Meeting meeting, Optional<Role> role, Optional<Artifact> artifact) {}
}
