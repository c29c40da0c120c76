package dev.aftercall.arrival;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.Location;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What a recorder is asked when its file is to be fetched, because its announcement does not say
 * where that lies. Asked in the time of the collector: what fails is tried again for days.
 */
@FunctionalInterface
public interface Enquiry {
  /**
   * Asks.
   *
   * @throws FetchException where there is no answer, or not yet
   */
  Answer ask(Asking asking) throws FetchException;

  /**
   * What is known then.
   *
   * @param file in place of what was announced, with the same source id; empty when nothing is to
   *     be fetched for it
   * @param more files that belong to it
   * @param reason why nothing is
   */
  record Answer(Optional<Announcement> file, List<Announcement> more, String reason) {
    /** There it is. */
    public static Answer of(Announcement file, List<Announcement> more) {
      return new Answer(Optional.of(file), List.copyOf(more), "");
    }

    /** Others come instead. */
    public static Answer instead(List<Announcement> more, String reason) {
      return new Answer(Optional.empty(), List.copyOf(more), reason);
    }
  }

  /** How to ask: by what the source may reach, and nothing else. */
  interface Asking {
    /**
     * What an API answers.
     *
     * @param most bytes it may have
     */
    byte[] get(URI url, int most) throws FetchException;

    /** Whether media can be fetched from there; false where there is none. */
    boolean there(Location at) throws FetchException;
  }
}
