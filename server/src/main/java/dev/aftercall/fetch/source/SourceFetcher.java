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
import java.util.Optional;

/** Everything that one source may reach, and nothing else. */
public final class SourceFetcher implements Fetcher {
  private final Optional<Fetcher> web;
  private final Optional<Fetcher> buckets;
  private final Optional<Fetcher> folder;

  private SourceFetcher(
      Optional<Fetcher> web, Optional<Fetcher> buckets, Optional<Fetcher> folder) {
    this.web = web;
    this.buckets = buckets;
    this.folder = folder;
  }

  /** Makes no connection yet. */
  public static SourceFetcher of(Access access, FetchLimits limits) {
    return new SourceFetcher(
        access.web().map(web -> new WebFetcher(web, limits)),
        access.buckets().map(buckets -> new BucketFetcher(buckets, limits)),
        access.folder().map(folder -> new FolderFetcher(folder, limits.maximum())));
  }

  @Override
  public Fetched open(Location at, long from, Optional<String> validator) throws FetchException {
    Optional<Fetcher> way =
        switch (at) {
          case Location.Web _, Location.Api _ -> web;
          case Location.Bucket _ -> buckets;
          case Location.File _, Location.Member _ -> folder;
        };
    return way.orElseThrow(() -> noWay(at)).open(at, from, validator);
  }

  private static FetchException noWay(Location at) {
    String missing =
        switch (at) {
          case Location.Web _, Location.Api _ -> "no host";
          case Location.Bucket _ -> "no bucket";
          case Location.File _, Location.Member _ -> "no shared folder";
        };
    return FetchException.lasting(
        Kind.FORBIDDEN_ADDRESS,
        at
            + " is not fetched: the source lists "
            + missing
            + ". If it is right, add that to the source's settings, then retry.");
  }

  @Override
  public void close() {
    web.ifPresent(Fetcher::close);
    buckets.ifPresent(Fetcher::close);
    folder.ifPresent(Fetcher::close);
  }
}
