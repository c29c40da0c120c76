package dev.aftercall.journal;

import dev.aftercall.seal.SealingKey;
import dev.aftercall.seal.SealingKey.PublicSeal;
import dev.aftercall.time.Ticks;
import java.util.UUID;

/**
 * Where a tenant's chain ended at a time, signed. Whoever keeps it elsewhere can prove that what
 * came before is all there: a chain alone does not show that its end was cut off.
 *
 * @param at ticks
 * @param key id of the key that signed
 */
public record Seal(UUID tenant, Chain chain, long at, String key, String signature) {
  /** Signs. */
  public static Seal of(Chain.Head head, long at, SealingKey key) {
    Seal unsigned = new Seal(head.tenant(), head.chain(), at, key.open().id(), "");
    return new Seal(head.tenant(), head.chain(), at, key.open().id(), key.sign(unsigned.text()));
  }

  /** Whether that key signed it. */
  public boolean signedBy(PublicSeal open) {
    return key.equals(open.id()) && open.signed(text(), signature);
  }

  private String text() {
    return String.join(
        "\n",
        "aftercall-seal-1",
        tenant.toString(),
        Long.toString(chain.sequence()),
        chain.hash(),
        Ticks.format(at));
  }
}
