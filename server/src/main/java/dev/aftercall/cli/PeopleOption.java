package dev.aftercall.cli;

import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Option;

/** Who is on the roster of a meeting that is made, beside its organizer. */
final class PeopleOption {
  @Option(
      names = "--attendee",
      paramLabel = "OID",
      split = ",",
      description = "A person invited; may be repeated.")
  private List<UUID> attendees = List.of();

  @Option(
      names = "--coorganizer",
      paramLabel = "OID",
      split = ",",
      description = "A person who runs the meeting too; may be repeated.")
  private List<UUID> coorganizers = List.of();

  List<UUID> attendees() {
    return attendees;
  }

  List<UUID> coorganizers() {
    return coorganizers;
  }
}
