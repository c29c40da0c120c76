package dev.aftercall.recording;

import dev.aftercall.meeting.Meeting;
import java.util.Optional;
import java.util.UUID;

/** Finds the meeting of an artifact whose GUID alone is known; for administrators who ask why. */
@FunctionalInterface
public interface Whereabouts {
  /** Where it is, in that tenant. */
  Optional<Located> locate(UUID tenant, UUID artifact);

  /** An artifact's kind and meeting. */
  record Located(Artifact.Kind kind, Meeting meeting) {}
}
