package dev.aftercall.config;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses in CIDR notation (RFC 4632, RFC 4291). A lone address is a range of one.
 *
 * @param network the first address; what lies beyond the prefix is zero
 * @param prefix how many leading bits are fixed
 */
public record CidrRange(InetAddress network, int prefix) {
  /** Refuses an address inside the range in place of its first: nobody can tell which was meant. */
  public CidrRange {
    byte[] bytes = network.getAddress();
    if (prefix < 0 || prefix > bytes.length * 8) {
      throw new IllegalArgumentException(
          "prefix /%d is not between /0 and /%d".formatted(prefix, bytes.length * 8));
    }
    if (!Arrays.equals(bytes, masked(bytes, prefix))) {
      throw new IllegalArgumentException(
          "%s has bits set beyond its prefix /%d".formatted(network.getHostAddress(), prefix));
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a lone address, and never asks a name server.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static CidrRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = address(slash < 0 ? text : text.substring(0, slash));
    int all = network.getAddress().length * 8;
    return new CidrRange(network, slash < 0 ? all : bits(text.substring(slash + 1)));
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s' is not an IP address".formatted(text), e);
    }
  }

  private static int bits(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'/%s' is not a prefix length".formatted(text), e);
    }
  }

  /** Whether the address lies in the range; IPv4 never lies in an IPv6 range. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] first = network.getAddress();
    return bytes.length == first.length && Arrays.equals(masked(bytes, prefix), first);
  }

  private static byte[] masked(byte[] address, int prefix) {
    byte[] masked = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      int kept = Math.clamp(prefix - i * 8L, 0, 8);
      masked[i] = (byte) (address[i] & (0xFF00 >> kept));
    }
    return masked;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
