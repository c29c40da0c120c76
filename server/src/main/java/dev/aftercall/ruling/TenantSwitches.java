package dev.aftercall.ruling;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.change.Precondition;
import dev.aftercall.change.Versioned;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Where tenants' switches are kept. */
public interface TenantSwitches {
  /** As they stand; the defaults until they are set. */
  Versioned<Switches> of(UUID tenant);

  /**
   * Sets switches.
   *
   * @param change what becomes of them as they stand
   * @throws ChangeRefused when the precondition does not hold
   */
  Versioned<Switches> change(
      UUID tenant, Precondition precondition, UnaryOperator<Switches> change);
}
