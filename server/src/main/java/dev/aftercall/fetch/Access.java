package dev.aftercall.fetch;

import dev.aftercall.outbound.AddressRules;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What one source may reach. What it does not name, its recorder's files are not fetched from. */
public record Access(Optional<Web> web, Optional<Buckets> buckets, Optional<Folder> folder) {
  /** The same, with a credential for the web. */
  public Access with(Optional<Credential> credential) {
    return new Access(web.map(it -> it.with(credential)), buckets, folder);
  }

  /**
   * Hosts to fetch from by HTTP.
   *
   * @param hosts that an announcement may name; they get the credential and the query
   * @param redirectHosts that those may send on to besides; they get neither
   * @param addresses to which the names of all of them may lead
   * @param plainHttp whether http is taken as well as https
   * @param credential to send
   * @param query to append when fetching, such as Azure's shared access signature, so that it
   *     stands in no record; without {@code ?}
   */
  public record Web(
      List<HostPattern> hosts,
      List<HostPattern> redirectHosts,
      AddressRules addresses,
      boolean plainHttp,
      Optional<Credential> credential,
      Optional<String> query) {
    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9\\-._~!$&'()*+,;=:@/?%]+");

    private Web with(Optional<Credential> other) {
      return new Web(hosts, redirectHosts, addresses, plainHttp, other, query);
    }

    /** Refuses a query that would not survive in a URL. */
    public Web {
      hosts = List.copyOf(hosts);
      redirectHosts = List.copyOf(redirectHosts);
      if (query.isPresent() && !QUERY.matcher(query.get()).matches()) {
        throw new IllegalArgumentException(
            "the query holds what must be percent-encoded in a URL; copy it as it was issued");
      }
    }

    @Override
    public String toString() {
      return "Web[hosts="
          + hosts
          + ", redirectHosts="
          + redirectHosts
          + ", plainHttp="
          + plainHttp
          + ", credential="
          + credential
          + ", query="
          + query.map(any -> "***")
          + "]";
    }
  }

  /**
   * A header field that authorizes.
   *
   * @param value never shown
   */
  public record Credential(String name, String value) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE =
        Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]*[\\x21-\\x7e])?");

    /** Refuses what cannot stand in a header (RFC 9110, 5.1 and 5.5). */
    public Credential {
      if (!TOKEN.matcher(name).matches()) {
        throw new IllegalArgumentException("'" + name + "' is no name of a header field");
      }
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "the value for " + name + " is empty, or holds a line end or what is not ASCII");
      }
    }

    /** A bearer token (RFC 6750). */
    public static Credential bearer(String token) {
      return new Credential("Authorization", "Bearer " + token);
    }

    @Override
    public String toString() {
      return "Credential[name=" + name + ", value=***]";
    }
  }

  /**
   * Buckets of S3, or of MinIO, Ceph, Google Cloud Storage and others that speak its protocol.
   *
   * @param endpoint the server, such as {@code https://storage.googleapis.com}; empty for AWS
   * @param region any name where the server knows no regions
   * @param buckets that may be read; the endpoint is the operator's own word, so whatever address
   *     it has is called
   * @param keys empty: the SDK finds them (environment, profile, instance role)
   * @param pathStyle the bucket in the path instead of the host name; most servers want it
   */
  public record Buckets(
      Optional<URI> endpoint,
      String region,
      Set<String> buckets,
      Optional<Keys> keys,
      boolean pathStyle) {
    /** Refuses what cannot work. */
    public Buckets {
      buckets = Set.copyOf(buckets);
      if (region.isBlank() || buckets.isEmpty()) {
        throw new IllegalArgumentException("buckets need a region and at least one name");
      }
      if (endpoint.isPresent()
          && (endpoint.get().getHost() == null
              || !String.valueOf(endpoint.get().getScheme()).matches("(?i)https?"))) {
        throw new IllegalArgumentException("the endpoint must be an http or https address");
      }
    }
  }

  /** An access key and its secret; of Google, an HMAC key. */
  public record Keys(String access, String secret) {
    @Override
    public String toString() {
      return "Keys[access=" + access + ", secret=***]";
    }
  }

  /**
   * A folder that recorder and archive share.
   *
   * @param root as the archive sees it, absolute
   * @param seenAs as the recorder sees it, if it is mounted elsewhere there: {@code /out}
   */
  public record Folder(Path root, Optional<String> seenAs) {
    /** Refuses a root that depends on where the process was started. */
    public Folder {
      if (!root.isAbsolute()) {
        throw new IllegalArgumentException("the shared folder must be absolute: " + root);
      }
    }
  }
}
