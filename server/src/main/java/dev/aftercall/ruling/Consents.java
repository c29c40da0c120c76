package dev.aftercall.ruling;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.util.Optional;
import java.util.UUID;

/** Where resource-specific consents are kept. */
public interface Consents {
  /**
   * Consents by thread, application and permission; {@link Paging#after} is an id.
   *
   * @param threadId of that chat alone
   */
  Page<Versioned<Consent>> list(UUID tenant, Optional<String> threadId, Paging paging);

  /** A consent, if it was given. */
  Optional<Versioned<Consent>> find(UUID tenant, Consent consent);

  /** A consent as it stands now, and whether it was given by this. */
  record Saved(Versioned<Consent> consent, boolean created) {}

  /** Consents; nothing changes when it was given already. */
  Saved give(UUID tenant, Consent consent);

  /**
   * Takes a consent back.
   *
   * @throws ChangeRefused when it was not given, or the precondition does not hold
   */
  void takeBack(UUID tenant, Consent consent, Precondition precondition);
}
