package dev.aftercall.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Which addresses are called at all. Whoever subscribes, or announces a file, names an address that
 * this server then calls, from within its own network: so not what is reached from within alone,
 * the metadata service of a cloud before all.
 *
 * @param allowed ranges that the operator allows beside
 * @param loopback whether this machine may be called, in plain text too; in development alone
 */
public record AddressRules(Predicate<InetAddress> allowed, boolean loopback) {
  boolean permits(InetAddress address) {
    return allowed.test(address) || (loopback && address.isLoopbackAddress()) || isPublic(address);
  }

  /** IANA's special-purpose registries, those that are not globally reachable. */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address four -> isPublic(four.getAddress());
      case Inet6Address six -> isPublic(six);
      default -> false;
    };
  }

  private static boolean isPublic(byte[] four) {
    int first = four[0] & 0xff;
    int second = four[1] & 0xff;
    int third = four[2] & 0xff;
    boolean special =
        first == 0 // this network
            || (first == 100 && (second & 0xc0) == 64) // shared by providers, RFC 6598
            || (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 192 && second == 88 && third == 99) // 6to4 relays
            || (first == 198 && (second & 0xfe) == 18) // benchmarks
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113)
            || first >= 240;
    return !special
        && !(first == 10 || first == 127)
        && !(first == 172 && (second & 0xf0) == 16)
        && !(first == 192 && second == 168)
        && !(first == 169 && second == 254)
        && first < 224;
  }

  private static boolean isPublic(Inet6Address six) {
    byte[] bytes = six.getAddress();
    int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    if (first == 0x2002) { // 6to4 carries an IPv4 address
      return isPublic(Arrays.copyOfRange(bytes, 2, 6));
    }
    if (first == 0x64 && second == 0xff9b) { // NAT64
      return bytes[4] == 0 && bytes[5] == 0 && isPublic(Arrays.copyOfRange(bytes, 12, 16));
    }
    boolean teredoAndTheLike = first == 0x2001 && second < 0x200;
    boolean documentation = (first == 0x2001 && second == 0xdb8) || first == 0x3fff;
    // What is handed out today lies in 2000::/3 alone.
    return (first & 0xe000) == 0x2000 && !teredoAndTheLike && !documentation;
  }
}
