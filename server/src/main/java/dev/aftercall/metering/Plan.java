package dev.aftercall.metering;

/**
 * By which terms an application retrieves content in a tenant.
 *
 * @see <a href="https://learn.microsoft.com/graph/teams-licenses">Payment models and licensing</a>
 */
public enum Plan {
  /** Any number of minutes, at no price. */
  UNLIMITED,
  /** So many minutes of each meter in a calendar month (UTC) at no price; then no more. */
  EVALUATION,
  /** Any number of minutes, priced. */
  STANDARD;

  /** Microsoft's evaluation mode: 600 minutes an application, tenant and month of each meter. */
  public static final long EVALUATION_MINUTES = 600;
}
