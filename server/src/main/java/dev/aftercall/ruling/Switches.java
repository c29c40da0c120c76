package dev.aftercall.ruling;

import java.util.Set;
import java.util.UUID;

/**
 * A tenant's switches.
 *
 * @param participantDownload whether people on the invitation may download
 * @param exemptGroups groups whose invited members may download although it is switched off
 * @param graphTranscriptAccess whether Graph gives transcripts out at all
 * @param attributedTranscripts whether transcripts say who spoke
 */
public record Switches(
    boolean participantDownload,
    Set<UUID> exemptGroups,
    boolean graphTranscriptAccess,
    boolean attributedTranscripts) {
  /** What counts until an administrator says otherwise. */
  public static final Switches DEFAULT = new Switches(false, Set.of(), true, true);

  /** Copies the set. */
  public Switches {
    exemptGroups = Set.copyOf(exemptGroups);
  }

  /** The same with downloads so. */
  public Switches withParticipantDownload(boolean on) {
    return new Switches(on, exemptGroups, graphTranscriptAccess, attributedTranscripts);
  }

  /** The same with those groups exempt. */
  public Switches withExemptGroups(Set<UUID> groups) {
    return new Switches(participantDownload, groups, graphTranscriptAccess, attributedTranscripts);
  }

  /** The same with access to transcripts so. */
  public Switches withGraphTranscriptAccess(boolean on) {
    return new Switches(participantDownload, exemptGroups, on, attributedTranscripts);
  }

  /** The same with speakers' names so. */
  public Switches withAttributedTranscripts(boolean on) {
    return new Switches(participantDownload, exemptGroups, graphTranscriptAccess, on);
  }
}
