package dev.aftercall.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once a connection, and gives out what may be called alone. The client connects to
 * just these addresses, so that a name which means another machine a moment later leads nowhere.
 */
public final class CheckedDns implements DnsResolver, AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final long PATIENCE_SECONDS = 3;

  private final AddressRules rules;

  /** A look-up holds the thread that runs it, and virtual threads share a few carriers. */
  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofPlatform().daemon().name("dns-", 0).factory());

  /** Gives out what the rules permit. */
  public CheckedDns(AddressRules rules) {
    this.rules = rules;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    Future<InetAddress[]> lookup = threads.submit(() -> InetAddress.getAllByName(host));
    try {
      InetAddress[] addresses = lookup.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (InetAddress address : addresses) {
        if (!rules.permits(address)) {
          throw new Forbidden(host);
        }
      }
      return addresses;
    } catch (TimeoutException e) {
      lookup.cancel(true);
      throw failure("the name " + host + " was not found in time", e);
    } catch (ExecutionException e) {
      throw failure("the name " + host + " is not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted", e);
    }
  }

  private static UnknownHostException failure(String message, Exception cause) {
    UnknownHostException failure = new UnknownHostException(message);
    failure.initCause(cause);
    return failure;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** The name leads to where nothing is sent. The answer is not repeated: it maps our network. */
  public static final class Forbidden extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Forbidden(String host) {
      super(host + " is no public address");
    }
  }
}
