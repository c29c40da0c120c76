package dev.aftercall.recorder.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Source;
import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Heard;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.recorder.RemoteTenant;
import dev.aftercall.recorder.Unheard;
import java.util.List;
import java.util.Optional;

/**
 * A tenant that is mirrored: asked by {@link Mirroring}, never heard. What is gone there stays
 * here.
 */
public final class GraphMirror implements Recorder {
  private final Source source;
  private final RemoteTenant remote;
  private final ClientCredentials credentials;
  private final GraphClient client;

  /** Connects it; makes no connection yet. */
  public GraphMirror(Connection connection) {
    this.source = connection.source();
    this.remote = connection.remote().orElseThrow();
    this.credentials =
        new ClientCredentials(
            remote.tokenUrl(),
            connection.key().orElseThrow(),
            connection.secret().orElseThrow(),
            remote.scope());
    this.client = new GraphClient(connection.url().orElseThrow(), credentials);
  }

  Source source() {
    return source;
  }

  RemoteTenant remote() {
    return remote;
  }

  GraphClient client() {
    return client;
  }

  @Override
  public Heard hear(Letter letter) throws Unheard {
    throw new Unheard(404, "This source is a tenant that is followed; it takes no messages.");
  }

  @Override
  public String envelope(JsonNode sent) {
    throw new IllegalArgumentException(
        "this source is a tenant that is followed, and takes no files");
  }

  @Override
  public List<Announcement> read(String envelope) {
    return List.of(Item.announcement(envelope, source.tenant()));
  }

  @Override
  public Optional<Access.Credential> credential(Optional<String> carried) throws FetchException {
    return Optional.of(Access.Credential.bearer(credentials.token()));
  }

  @Override
  public void refused() {
    credentials.drop();
  }
}
