package dev.aftercall.config;

import dev.aftercall.config.SettingsException.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/**
 * A file of {@code key=value} lines with the syntax of {@link Properties}, read line by line: only
 * so can a fault name its line, and only so does a key that is set twice come to light.
 */
final class ConfigurationFile {
  /** A key with its value and where they stand. */
  record Line(String key, String value, String origin) {}

  private ConfigurationFile() {}

  static List<Line> read(Path file, Collection<Fault> faults) {
    try {
      return lines(file, Files.readString(file), faults);
    } catch (CharacterCodingException e) {
      faults.add(new Fault("--config", file.toString(), "the file is not UTF-8", "UTF-8"));
    } catch (NoSuchFileException e) {
      faults.add(new Fault("--config", file.toString(), "there is no such file", ""));
    } catch (IOException e) {
      faults.add(new Fault("--config", file.toString(), "the file cannot be read: " + e, ""));
    }
    return List.of();
  }

  private static List<Line> lines(Path file, String text, Collection<Fault> faults) {
    List<Line> lines = new ArrayList<>();
    // Some editors begin a UTF-8 file with a byte order mark.
    String[] natural = text.replaceFirst("^\uFEFF", "").split("\r\n|\r|\n", -1);
    for (int i = 0; i < natural.length; i++) {
      String first = natural[i].strip();
      if (first.isEmpty() || first.startsWith("#") || first.startsWith("!")) {
        continue;
      }
      String origin = file + ":" + (i + 1);
      StringBuilder logical = new StringBuilder(natural[i]);
      while (continues(natural[i]) && i + 1 < natural.length) {
        logical.append('\n').append(natural[++i]);
      }
      if (logical.indexOf("=") < 0 && logical.indexOf(":") < 0) {
        faults.add(new Fault(first, origin, "the line has no value", "key=value"));
      } else {
        line(logical.toString(), origin, lines, faults);
      }
    }
    return lines;
  }

  private static void line(
      String logical, String origin, List<Line> lines, Collection<Fault> faults) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(logical));
    } catch (IllegalArgumentException e) {
      String wrong = "the line has a backslash and u without four hexadecimal digits";
      faults.add(new Fault("--config", origin, wrong, "a backslash is written twice"));
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    one.stringPropertyNames()
        .forEach(key -> lines.add(new Line(key, one.getProperty(key, "").strip(), origin)));
  }

  private static boolean continues(String line) {
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }
}
