package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import java.util.Optional;

/** One kind of recorder, connected as one source. Safe for use by many threads. */
public interface Recorder extends Arrivals.Reader {
  /**
   * Hears what was sent to the source's address. Proves where it is from before anything of it is
   * read.
   *
   * @throws Unheard what the sender is answered instead; nothing is kept
   */
  Heard hear(Letter letter) throws Unheard;

  /**
   * What is kept of what was sent as JSON.
   *
   * @return JSON without anything that opens something
   */
  default String envelope(JsonNode sent) {
    return Envelope.withoutCredentials(sent);
  }

  /**
   * What to fetch a file with, where its host wants credentials.
   *
   * @param carried what the announcement itself carried
   * @throws FetchException where one must be got first, and cannot be now
   */
  default Optional<Access.Credential> credential(Optional<String> carried) throws FetchException {
    return carried.map(Access.Credential::bearer);
  }

  /** A host refused what it was given last: whoever gets credentials gets another. */
  default void refused() {}
}
