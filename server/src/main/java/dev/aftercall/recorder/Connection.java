package dev.aftercall.recorder;

import dev.aftercall.arrival.Source;
import dev.aftercall.fetch.Access;
import java.net.URI;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * A recorder as the operator connected it.
 *
 * @param type what kind of recorder it is
 * @param key the public half of the credentials, such as LiveKit's API key
 * @param secret by which messages are proved
 * @param zone of times that come without one
 * @param url where the recorder's own API is
 * @param access where its files may be fetched from
 * @param inbox how files are taken out of its folder, where that is watched
 * @param followsDeletions whether what the recorder deletes goes to the trash here
 * @param remote the tenant that is followed, where it is one
 * @param topics of Amazon SNS, whose messages are proved by Amazon's signature
 */
public record Connection(
    Source source,
    RecorderType type,
    Optional<String> key,
    Optional<String> secret,
    ZoneId zone,
    Optional<URI> url,
    Access access,
    Inbox inbox,
    boolean followsDeletions,
    Optional<RemoteTenant> remote,
    Set<String> topics) {
  /** Copies the topics. */
  public Connection {
    topics = Set.copyOf(topics);
  }

  /** One with nothing that is peculiar to its kind. */
  public Connection(
      Source source,
      RecorderType type,
      Optional<String> key,
      Optional<String> secret,
      ZoneId zone,
      Optional<URI> url,
      Access access) {
    this(source, type, key, secret, zone, url, access, Inbox.DEFAULT, false);
  }

  /** One that is no tenant which is followed. */
  public Connection(
      Source source,
      RecorderType type,
      Optional<String> key,
      Optional<String> secret,
      ZoneId zone,
      Optional<URI> url,
      Access access,
      Inbox inbox,
      boolean followsDeletions) {
    this(
        source,
        type,
        key,
        secret,
        zone,
        url,
        access,
        inbox,
        followsDeletions,
        Optional.empty(),
        Set.of());
  }

  @Override
  public String toString() {
    return "Connection[" + source.name() + "]";
  }
}
