package dev.aftercall.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with every fault found in them. */
public final class SettingsException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * One fault.
   *
   * @param key as the file writes it, also when it came from the environment
   * @param origin {@code FILE:LINE} or the environment variable; empty when nobody set it
   * @param wrong what is wrong, without any secret
   * @param allowed what is allowed in its place; may be empty
   */
  public record Fault(String key, String origin, String wrong, String allowed) {
    /** A fault in the records themselves, wherever their values came from. */
    static Fault of(String key, String wrong, String allowed) {
      return new Fault(key, "", wrong, allowed);
    }

    Fault at(String place) {
      return new Fault(key, place, wrong, allowed);
    }

    @Override
    public String toString() {
      return key
          + (origin.isEmpty() ? "" : " (" + origin + ")")
          + ": "
          + wrong
          + (wrong.endsWith("?") ? "" : ".")
          + (allowed.isEmpty() ? "" : " Allowed: " + allowed + ".");
    }
  }

  SettingsException(List<Fault> faults) {
    super(
        "The configuration has %d %s:%n"
                .formatted(faults.size(), faults.size() == 1 ? "fault" : "faults")
            + faults.stream()
                .map(fault -> "  " + fault)
                .collect(Collectors.joining(System.lineSeparator())));
    this.faults = List.copyOf(faults);
  }

  /** All of them, in the order of the file, then of the environment. */
  public List<Fault> faults() {
    return faults;
  }
}
