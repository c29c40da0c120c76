package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.fetch.FetchException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Graph says of the meetings of a round: their subjects and people. An application need not be
 * let to ask; recordings are copied without then. Used by one thread.
 */
final class MeetingFacts {
  private static final Logger LOG = LoggerFactory.getLogger(MeetingFacts.class);
  private static final int MOST = 1_000;

  private final String source;
  private final GraphClient client;
  private final Map<String, Optional<JsonNode>> known = new HashMap<>();
  private boolean refused;

  MeetingFacts(String source, GraphClient client) {
    this.source = source;
    this.client = client;
  }

  /** Forgets what a round asked; meetings change. */
  void clear() {
    known.clear();
    refused = false;
  }

  /**
   * What is said of an item's meeting.
   *
   * @return empty where it is none, is gone, or is not told
   * @throws FetchException where it is to be asked again
   */
  Optional<JsonNode> of(Feed feed, JsonNode item) throws FetchException {
    String id = item.path("meetingId").asText();
    if (feed.what().calls() || id.isEmpty() || refused) {
      return Optional.empty();
    }
    Optional<JsonNode> before = known.get(id);
    if (before != null) {
      return before;
    }
    Optional<JsonNode> meeting = ask(feed, id);
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(id, meeting);
    return meeting;
  }

  private Optional<JsonNode> ask(Feed feed, String id) throws FetchException {
    String link =
        client.service() + "/users/" + feed.user() + "/onlineMeetings/" + Item.segment(id);
    try {
      return Optional.of(client.get(link));
    } catch (FetchException e) {
      return switch (e.kind()) {
        case GONE -> Optional.empty(); // Expired, or deleted; its recordings are told all the same.
        case REFUSED -> {
          refused = true;
          LOG.warn(
              "Source {}: meetings are copied without subject and people. {}",
              source,
              e.getMessage());
          yield Optional.empty();
        }
        default -> throw e;
      };
    }
  }
}
