package dev.aftercall.config;

import dev.aftercall.fetch.HostPattern;
import dev.aftercall.recorder.Inbox;
import dev.aftercall.recorder.RecorderType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A recorder that hands over.
 *
 * @param name what the operator calls it
 * @param tenant whose archive it fills
 * @param key public half of the credentials
 * @param secret by which its messages are proved
 * @param asserts whether it is believed when it says whose a recording is
 * @param delay how long after its announcement a file is fetched
 * @param gap files of one room that follow each other within it are one meeting's
 * @param zone of times that come without one
 * @param url of the recorder's own API
 * @param reach where its files may be fetched from by HTTP
 * @param store an object store it uploads to
 * @param folder one it shares with us
 * @param followsDeletions whether what it deletes goes to the trash here
 * @param remote what is followed of a tenant
 */
public record IntakeSource(
    String name,
    RecorderType type,
    UUID tenant,
    Optional<String> key,
    Optional<Secret> secret,
    boolean asserts,
    Duration delay,
    Duration gap,
    ZoneId zone,
    Optional<URI> url,
    Reach reach,
    Store store,
    Folder folder,
    boolean followsDeletions,
    Remote remote) {

  /**
   * Where files may be fetched from by HTTP.
   *
   * @param hosts names, or {@code *.example.org}
   * @param redirectHosts to which those may send on
   * @param networks that are called although they are not public
   * @param query to append to each address, such as a shared access signature
   */
  public record Reach(
      List<HostPattern> hosts,
      List<HostPattern> redirectHosts,
      List<CidrRange> networks,
      boolean plainHttp,
      Optional<Secret> query) {
    /** Copies the lists. */
    public Reach {
      hosts = List.copyOf(hosts);
      redirectHosts = List.copyOf(redirectHosts);
      networks = List.copyOf(networks);
    }
  }

  /**
   * An object store that speaks S3.
   *
   * @param endpoint empty for AWS itself
   * @param buckets that may be read; none means no object store
   * @param topics of Amazon SNS, whose messages are proved by Amazon's signature
   */
  public record Store(
      Optional<URI> endpoint,
      String region,
      List<String> buckets,
      Optional<String> accessKey,
      Optional<Secret> secretKey,
      boolean pathStyle,
      List<String> topics) {
    /** Copies the lists. */
    public Store {
      buckets = List.copyOf(buckets);
      topics = List.copyOf(topics);
    }
  }

  /**
   * A folder that recorder and archive share.
   *
   * @param seenAs as the recorder sees it, where it is mounted elsewhere there
   * @param inbox how files are taken out of it, where it is watched
   */
  public record Folder(Optional<Path> path, Optional<String> seenAs, Inbox inbox) {}

  /**
   * What is followed of a tenant of Graph.
   *
   * @param tenant where it is another than the one that is filled
   * @param tokenUrl empty for Entra's own
   * @param scope empty for the one of the url's host
   * @param organizers whose meetings
   * @param groups and whose members' meetings
   * @param calls whether their ad hoc calls, too
   * @param every how often it is asked
   */
  public record Remote(
      Optional<UUID> tenant,
      Optional<URI> tokenUrl,
      Optional<String> scope,
      List<UUID> organizers,
      List<UUID> groups,
      boolean calls,
      Duration every) {
    /** Copies the lists. */
    public Remote {
      organizers = List.copyOf(organizers);
      groups = List.copyOf(groups);
    }
  }

  /** Where Entra gives tokens for the cloud whose Graph is at the url; empty for other servers. */
  public Optional<URI> tokenUrl() {
    return tokenUrl(url, tenant, remote);
  }

  private static Optional<URI> tokenUrl(Optional<URI> url, UUID tenant, Remote remote) {
    return remote
        .tokenUrl()
        .or(
            () ->
                url.flatMap(Cloud::at)
                    .map(
                        cloud ->
                            URI.create(
                                "https://"
                                    + cloud.loginHost()
                                    + "/"
                                    + remote.tenant().orElse(tenant)
                                    + "/oauth2/v2.0/token")));
  }

  /** Checks that what each kind needs is there. */
  public IntakeSource {
    String prefix = Family.INTAKE_SOURCE.prefix() + name + ".";
    boolean watched = type.watched();
    boolean graph = type == RecorderType.GRAPH;
    new Rules()
        .require(
            secret.isPresent() || watched,
            prefix + "secret",
            "without it nobody can prove to be this recorder",
            "a long random text, the same as at the recorder")
        .require(
            type != RecorderType.BIGBLUEBUTTON || url.isPresent() || folder.path().isPresent(),
            prefix + "url",
            "neither it nor a folder says where its files are",
            "the URL that bbb-conf --secret shows, or 'folder' where its published files are"
                + " mounted here")
        .require(
            folder.path().isPresent() || !watched,
            prefix + "folder",
            "without it there is nothing to watch",
            "the absolute path of the folder into which files are put")
        .require(
            type != RecorderType.LIVEKIT || key.isPresent(),
            prefix + "key",
            "LiveKit's messages name the API key they are signed for",
            "LiveKit's API key, whose secret is the source's secret")
        .require(
            !(type == RecorderType.OPENVIDU || type == RecorderType.OPENVIDU_MEET)
                || url.isPresent(),
            prefix + "url",
            "OpenVidu does not say where its files are",
            "the address of OpenVidu, such as https://meet.example.org")
        .require(
            type != RecorderType.S3 || !store.buckets().isEmpty(),
            prefix + "s3.buckets",
            "no bucket may be read",
            "the buckets that notify")
        .require(
            type != RecorderType.ZOOM || !reach.hosts().isEmpty(),
            prefix + "hosts",
            "Zoom's files lie on Zoom's hosts, and no host is listed",
            "zoom.us, *.zoom.us")
        .require(
            folder.path().isEmpty() || folder.path().get().isAbsolute(),
            prefix + "folder",
            "the path depends on where the server is started",
            "an absolute path")
        .require(
            store.accessKey().isPresent() == store.secretKey().isPresent(),
            prefix + "s3.access-key",
            "half of a pair of keys is set",
            "s3.access-key and s3.secret-key, both or none")
        .require(
            !graph || (url.isPresent() && key.isPresent()),
            prefix + "url",
            "a tenant is followed at its service, by an application",
            "url, such as https://graph.microsoft.com/v1.0, and key, the application's client id")
        .require(
            !graph || url.isEmpty() || tokenUrl(url, tenant, remote).isPresent(),
            prefix + "graph.login-url",
            "the url is none of Microsoft's, so it is not known where tokens are given",
            "the server's or its issuer's token endpoint")
        .require(
            !graph || reach.plainHttp() || (secure(url) && secure(tokenUrl(url, tenant, remote))),
            prefix + "plain-http",
            "the secret and the recordings would go over plain http",
            "https addresses, or plain-http=true where nobody else can listen")
        .require(
            !graph || !remote.organizers().isEmpty() || !remote.groups().isEmpty(),
            prefix + "graph.organizers",
            "Graph lists recordings by organizer, and none is named",
            "object ids of people, or groups in graph.groups")
        .enforce();
  }

  private static boolean secure(Optional<URI> url) {
    return url.isEmpty() || "https".equalsIgnoreCase(url.get().getScheme());
  }
}
