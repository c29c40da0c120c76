package dev.aftercall.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings for tests, from lines as a file has them. */
final class Examples {
  static final String TENANT = "8a3f1c52-6c1e-4a57-9d0b-2f6e8f2f1b11";

  private Examples() {}

  /** Loads a file with these lines beside the one key that is required. */
  static Settings load(String... lines) {
    return load(Map.of(), lines);
  }

  static Settings load(Map<String, String> environment, String... lines) {
    Map<String, String> whole = new HashMap<>(environment);
    whole.putIfAbsent("AFTERCALL_DATA_DIR", "/data");
    return loadOnly(whole, lines);
  }

  static Settings loadOnly(Map<String, String> environment, String... lines) {
    try {
      Path file = Files.createTempFile("aftercall", ".properties");
      try {
        Files.writeString(file, String.join("\n", lines));
        return Settings.load(Optional.of(file), environment);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The faults of a load that has to fail, each as its message without the folder of the file. */
  static List<String> faults(Map<String, String> environment, String... lines) {
    SettingsException refusal =
        catchThrowableOfType(SettingsException.class, () -> load(environment, lines));
    return refusal.faults().stream()
        .map(fault -> fault.toString().replaceAll("/\\S*/aftercall\\d+\\.properties", "FILE"))
        .toList();
  }

  static List<String> faults(String... lines) {
    return faults(Map.of(), lines);
  }
}
