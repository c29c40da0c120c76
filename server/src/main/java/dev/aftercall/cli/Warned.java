package dev.aftercall.cli;

import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAcquaintance;
import dev.aftercall.jdbc.JdbcGroups;
import dev.aftercall.ruling.Warnings;
import java.util.List;

/** Says on standard error what was accepted and may yet be a mistake, as the admin API does. */
final class Warned {
  private Warned() {}

  static Warnings by(Database database) {
    return new Warnings(new JdbcAcquaintance(database), new JdbcGroups(database));
  }

  static void print(List<String> warnings) {
    warnings.forEach(warning -> System.err.println("aftercall: warning: " + warning));
  }
}
