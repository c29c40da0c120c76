package dev.aftercall.fetch.web;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.FetchLimits;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import dev.aftercall.fetch.Shown;
import dev.aftercall.outbound.CheckedDns;
import dev.aftercall.outbound.Sober;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Fetches by HTTP what one source announces: from its hosts alone, checked again at each redirect,
 * over connections of this fetch alone, to addresses that were checked when their name was looked
 * up.
 */
public final class WebFetcher implements Fetcher {
  private static final Http1Config BOUNDS =
      Http1Config.custom().setMaxHeaderCount(100).setMaxLineLength(8_192).build();

  /** Reading the JVM's certificates takes longer than most of what else a fetch needs. */
  private static final TlsSocketStrategy USUAL_TRUST = DefaultClientTlsStrategy.createDefault();

  private final Access.Web access;
  private final FetchLimits limits;
  private final TlsSocketStrategy tls;
  private final CheckedDns dns;
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("fetch-watch").factory());

  /** Fetches with the certificates that the JVM trusts. */
  public WebFetcher(Access.Web access, FetchLimits limits) {
    this(access, limits, USUAL_TRUST);
  }

  /** The same with other trust. */
  public WebFetcher(Access.Web access, FetchLimits limits, SSLContext trust) {
    this(access, limits, new DefaultClientTlsStrategy(trust));
  }

  private WebFetcher(Access.Web access, FetchLimits limits, TlsSocketStrategy tls) {
    this.access = access;
    this.limits = limits;
    this.tls = tls;
    this.dns = new CheckedDns(access.addresses());
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Fetched open(Location at, long from, Optional<String> validator) throws FetchException {
    return switch (at) {
      case Location.Web(URI url) -> {
        Reach.check(access, url);
        yield open(
            access.query().map(query -> with(url, query)).orElse(url),
            Shown.of(url),
            from,
            validator);
      }
      case Location.Api(URI url) -> {
        Reach.check(access, url);
        yield whole(once(url, Shown.of(url), Optional.empty(), 0, true), Shown.of(url));
      }
      case Location.Bucket _, Location.File _, Location.Member _ ->
          throw FetchException.lasting(Kind.FORBIDDEN_ADDRESS, at + " is no address of the web.");
    };
  }

  /**
   * The same for an address that the caller made for this fetch alone and vouches for; where that
   * redirects to is checked.
   *
   * @param named what to call it in messages
   */
  public Fetched open(URI url, String named, long from, Optional<String> validator)
      throws FetchException {
    boolean further = from > 0 && validator.isPresent();
    Optional<Fetched> fetched =
        further
            ? once(url, named, validator, from, false)
            : once(url, named, Optional.empty(), 0, false);
    if (fetched.isEmpty() && further) {
      fetched = once(url, named, Optional.empty(), 0, false);
    }
    return whole(fetched, named);
  }

  private static Fetched whole(Optional<Fetched> fetched, String named) throws FetchException {
    return fetched.orElseThrow(
        () ->
            new FetchException(
                Kind.BROKEN, named + " answered with a part when the whole was asked for."));
  }

  private Optional<Fetched> once(
      URI url, String named, Optional<String> validator, long from, boolean anyType)
      throws FetchException {
    Fetch fetch = new Fetch(client(), access, limits, timer, anyType);
    Optional<Fetched> fetched = Optional.empty();
    try {
      fetched = fetch.open(url, named, from, validator);
      return fetched;
    } finally {
      if (fetched.isEmpty()) {
        fetch.close();
      }
    }
  }

  private static URI with(URI url, String query) {
    String text = url.toString();
    int fragment = text.indexOf('#');
    String plain = fragment < 0 ? text : text.substring(0, fragment);
    return URI.create(plain + (url.getRawQuery() == null ? '?' : '&') + query);
  }

  private CloseableHttpClient client() {
    return Sober.client(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PinnedDns(dns))
                .setTlsSocketStrategy(tls)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(BOUNDS).build())
                .setDefaultTlsConfig(
                    TlsConfig.custom().setHandshakeTimeout(Timeout.of(limits.connect())).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.idle()))
                        .build())
                .build())
        .build();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    dns.close();
  }
}
