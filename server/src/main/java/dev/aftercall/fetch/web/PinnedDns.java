package dev.aftercall.fetch.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Remembers for one fetch what a name meant when it was checked, so that a redirect back, or a
 * second connection, goes to no other machine.
 */
final class PinnedDns implements DnsResolver {
  /** Each is given its time to connect. */
  private static final int MOST_ADDRESSES = 4;

  private final DnsResolver checked;
  private final Map<String, InetAddress[]> known = new ConcurrentHashMap<>();

  PinnedDns(DnsResolver checked) {
    this.checked = checked;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = known.get(host);
    if (addresses == null) {
      InetAddress[] all = checked.resolve(host);
      addresses = Arrays.copyOf(all, Math.min(all.length, MOST_ADDRESSES));
      known.put(host, addresses);
    }
    return addresses.clone();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
