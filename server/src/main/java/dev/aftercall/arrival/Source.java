package dev.aftercall.arrival;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * One recorder that an operator connected.
 *
 * @param name in the settings
 * @param recorder what kind it is, as the settings have it
 * @param tenant whose archive it fills
 * @param delay how long after its announcement a file is fetched
 * @param gap files of one room that follow each other within it are one meeting's, where the
 *     recorder has no ids of meetings
 * @param asserts whether it is believed when it says whose a recording is
 * @param store of the operator's own object store, whose addresses recorders may name
 */
public record Source(
    String name,
    String recorder,
    UUID tenant,
    Duration delay,
    Duration gap,
    boolean asserts,
    Optional<URI> store) {
  /** Who hands over, in the words of the intake. */
  String submitter() {
    return "source:" + name;
  }
}
