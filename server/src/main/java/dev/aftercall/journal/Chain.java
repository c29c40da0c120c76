package dev.aftercall.journal;

import dev.aftercall.digest.Sha256;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * The hash chain of one tenant's journal: each entry's SHA-256 is over all its members and the hash
 * before it. What is hashed are netstrings ({@code 5:hello,}), one a member, so that no two
 * different entries are hashed alike; docs/governance.md shows how to do it without us.
 *
 * @param sequence of the last entry; 0 before the first
 * @param hash of the last entry, 64 hexadecimal digits
 */
public record Chain(long sequence, String hash) {
  /** Before the first entry. */
  public static final Chain START = new Chain(0, "0".repeat(64));

  private static final String VERSION = "aftercall-journal-1";

  /** An entry in its place. */
  public record Link(long sequence, Written written, String hash) {
    /** The chain that ends here. */
    public Chain end() {
      return new Chain(sequence, hash);
    }
  }

  /** Appends an entry. */
  public Link next(Written written) {
    return new Link(sequence + 1, written, hash(sequence + 1, hash, written));
  }

  /** Whether that link is the one that comes next. */
  public boolean leadsTo(Link link) {
    return link.sequence() == sequence + 1
        && link.hash().equals(hash(link.sequence(), hash, link.written()));
  }

  private static String hash(long sequence, String before, Written written) {
    Entry entry = written.entry();
    Delivery delivery = entry.delivery();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    for (String member :
        List.of(
            VERSION,
            entry.tenant().toString(),
            Long.toString(sequence),
            before,
            written.id(),
            Long.toString(entry.at()),
            entry.requestId(),
            entry.caller(),
            entry.appId(),
            entry.action(),
            entry.target(),
            entry.rule(),
            entry.allowed() ? "1" : "0",
            Integer.toString(delivery.status()),
            Long.toString(delivery.bytes()),
            delivery.whole() ? "1" : "0",
            delivery.ranges().toString(),
            Long.toString(delivery.minutes()))) {
      byte[] value = member.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(Integer.toString(value.length).getBytes(StandardCharsets.US_ASCII));
      bytes.write(':');
      bytes.writeBytes(value);
      bytes.write(',');
    }
    return Sha256.hex(bytes.toByteArray());
  }

  /** Where a tenant's chain ends. */
  public record Head(UUID tenant, Chain chain) {}
}
