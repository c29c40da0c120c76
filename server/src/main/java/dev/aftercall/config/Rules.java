package dev.aftercall.config;

import dev.aftercall.config.SettingsException.Fault;
import java.util.ArrayList;
import java.util.List;

/** What must hold among the values of a record; every broken rule is told, not just the first. */
final class Rules {
  private final List<Fault> broken = new ArrayList<>();

  Rules require(boolean holds, String key, String wrong, String allowed) {
    if (!holds) {
      broken.add(Fault.of(key, wrong, allowed));
    }
    return this;
  }

  void enforce() {
    if (!broken.isEmpty()) {
      throw new SettingsException(broken);
    }
  }
}
