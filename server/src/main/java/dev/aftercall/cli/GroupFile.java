package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcMemberships.Membership;
import dev.aftercall.meeting.GraphIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Memberships as CSV: a head {@code group,person}, then an object id of each in a line. */
final class GroupFile {
  private static final String HEAD = "group,person";
  private static final int MOST_TOLD = 20;

  private GroupFile() {}

  /** Reads a file; all faults are told at once, each with its line. */
  static List<Membership> read(String name, List<String> lines) {
    List<String> faults = new ArrayList<>();
    List<Membership> memberships = new ArrayList<>();
    if (lines.isEmpty() || !String.join(",", fields(lines.getFirst())).equalsIgnoreCase(HEAD)) {
      faults.add("line 1: the first line must be " + HEAD);
    }
    for (int i = 1; i < lines.size(); i++) {
      List<String> fields = fields(lines.get(i));
      if (fields.size() == 1 && fields.getFirst().isEmpty()) {
        continue;
      }
      if (fields.size() != 2) {
        faults.add("line " + (i + 1) + ": it has " + fields.size() + " fields, not 2");
        continue;
      }
      Optional<UUID> group = guid(fields.getFirst(), "group", i + 1, faults);
      Optional<UUID> person = guid(fields.getLast(), "person", i + 1, faults);
      if (group.isPresent() && person.isPresent()) {
        memberships.add(new Membership(group.get(), person.get()));
      }
    }
    if (!faults.isEmpty()) {
      int more = faults.size() - MOST_TOLD;
      throw new Failure(
          name
              + " was not imported, and nothing was changed:\n  "
              + String.join("\n  ", faults.subList(0, Math.min(MOST_TOLD, faults.size())))
              + (more > 0 ? "\n  and " + more + " more" : ""));
    }
    return memberships;
  }

  private static Optional<UUID> guid(String text, String what, int line, List<String> faults) {
    Optional<UUID> guid = GraphIds.guid(text);
    if (guid.isEmpty()) {
      faults.add("line " + line + ": the " + what + " '" + text + "' is no object id (GUID)");
    }
    return guid;
  }

  /** Object ids hold neither quotes nor commas; quotes around them are taken off. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.replace("\uFEFF", "").split(",", -1)) {
      String bare = field.strip();
      boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
      fields.add(quoted ? bare.substring(1, bare.length() - 1) : bare);
    }
    return fields;
  }

  /** Writes lines as {@link #read} reads them. */
  static List<String> write(List<Membership> memberships) {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    memberships.forEach(each -> lines.add(each.group() + "," + each.person()));
    return lines;
  }
}
