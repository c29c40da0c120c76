package dev.aftercall.fetch.source;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.disk.FolderFetcher;
import dev.aftercall.fetch.s3.BucketFetcher;
import dev.aftercall.fetch.web.WebFetcher;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Everything that one source may reach, and nothing else. Each way is made when it is first gone.
 */
public final class SourceFetcher implements Fetcher {
  private final Access access;
  private final FetchLimits limits;
  private final Map<Way, Optional<Fetcher>> made = new ConcurrentHashMap<>();

  /** How a place is reached. */
  private enum Way {
    WEB("no host"),
    BUCKETS("no bucket"),
    FOLDER("no shared folder");

    private final String missing;

    Way(String missing) {
      this.missing = missing;
    }

    static Way to(Location at) {
      return switch (at) {
        case Location.Web _, Location.Api _ -> WEB;
        case Location.Bucket _ -> BUCKETS;
        case Location.File _, Location.Member _ -> FOLDER;
      };
    }
  }

  private SourceFetcher(Access access, FetchLimits limits) {
    this.access = access;
    this.limits = limits;
  }

  /** Makes no connection yet. */
  public static SourceFetcher of(Access access, FetchLimits limits) {
    return new SourceFetcher(access, limits);
  }

  @Override
  public Fetched open(Location at, long from, Optional<String> validator) throws FetchException {
    Way way = Way.to(at);
    return made.computeIfAbsent(way, this::make)
        .orElseThrow(() -> noWay(at, way))
        .open(at, from, validator);
  }

  private Optional<Fetcher> make(Way way) {
    return switch (way) {
      case WEB -> access.web().map(web -> new WebFetcher(web, limits));
      case BUCKETS -> access.buckets().map(buckets -> new BucketFetcher(buckets, limits));
      case FOLDER -> access.folder().map(folder -> new FolderFetcher(folder, limits.maximum()));
    };
  }

  private static FetchException noWay(Location at, Way way) {
    return FetchException.lasting(
        Kind.FORBIDDEN_ADDRESS,
        at
            + " is not fetched: the source lists "
            + way.missing
            + ". If it is right, add that to the source's settings, then retry.");
  }

  @Override
  public void close() {
    made.values().forEach(it -> it.ifPresent(Fetcher::close));
  }
}
