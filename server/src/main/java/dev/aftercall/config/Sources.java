package dev.aftercall.config;

import dev.aftercall.config.Keys.Renamed;
import dev.aftercall.config.SettingsException.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Gathers what the file and the environment set, before anything is read as a value. What is set to
 * nothing counts as not set: a compose file hands on empty variables for those it does not know.
 */
final class Sources {
  /** A text and where it stands. */
  record Given(String text, String origin) {}

  /** Variables that the launcher reads. */
  private static final Set<String> LAUNCHER =
      Set.of("AFTERCALL_JAVA_OPTIONS", "AFTERCALL_JAVA_FLAGS", "AFTERCALL_AOT");

  private static final String TESTS = "AFTERCALL_TEST_";

  // Kubernetes tells every pod about the services of its namespace ("service links"); with a
  // service called aftercall, or aftercall-http, these look like ours.
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "AFTERCALL_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP).*)");
  private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

  private final List<Renamed> renamed;
  private final Collection<Fault> faults;
  private final Map<String, Given> given = new HashMap<>();

  Sources(List<Renamed> renamed, Collection<Fault> faults) {
    this.renamed = renamed;
    this.faults = faults;
  }

  /** What is set, by the name of its key. */
  Map<String, Given> read(Optional<Path> file, Map<String, String> environment) {
    file.ifPresent(path -> ConfigurationFile.read(path, faults).forEach(this::line));
    // Sorted, so that the same faults are told in the same order.
    new TreeMap<>(environment).forEach(this::variable);
    return given;
  }

  private void line(ConfigurationFile.Line line) {
    Given before = given.get(line.key());
    if (before != null) {
      String wrong = "the key is set twice, first at " + before.origin();
      faults.add(new Fault(line.key(), line.origin(), wrong, "one line a key"));
      return;
    }
    KeyNames.ofName(line.key())
        .ifPresentOrElse(
            key -> set(key, line.value(), line.origin()), () -> unknown(line.key(), line.origin()));
  }

  private void unknown(String name, String origin) {
    for (Renamed key : renamed) {
      Optional<String> member = KeyNames.memberIn(key.old(), name);
      if (member.isPresent()) {
        String now = key.now().replace(Key.NAME, member.get());
        faults.add(new Fault(name, origin, "the key is now called " + now, now));
        return;
      }
    }
    String wrong =
        "there is no such key"
            + KeyNames.meant(name).map(". Did you mean %s?"::formatted).orElse("");
    String allowed = Family.meant(name).map(Family::form).orElse("");
    faults.add(new Fault(name, origin, wrong, allowed));
  }

  private void variable(String variable, String value) {
    if (!variable.startsWith(Key.VARIABLE_PREFIX)
        || LAUNCHER.contains(variable)
        || variable.startsWith(TESTS)
        || serviceLink(variable, value)) {
      return;
    }
    String origin = "environment variable " + variable;
    KeyNames.ofVariable(variable)
        .ifPresentOrElse(
            key -> set(key, value.strip(), origin), () -> unknownVariable(variable, origin));
  }

  private static boolean serviceLink(String variable, String value) {
    return SERVICE_LINK.matcher(variable).matches()
        || (variable.endsWith("_PORT") && SERVICE_LINK_VALUE.matcher(value).matches());
  }

  private void unknownVariable(String variable, String origin) {
    for (Renamed key : renamed) {
      Optional<String> member = KeyNames.memberInVariable(key.old(), variable);
      if (member.isPresent()) {
        String old = key.old().replace(Key.NAME, member.get());
        String now = key.now().replace(Key.NAME, member.get());
        String wrong = "the key is now called %s".formatted(now);
        faults.add(new Fault(old, origin, wrong, Key.variable(now)));
        return;
      }
    }
    String wrong =
        "there is no such key"
            + KeyNames.meantVariable(variable).map(". Did you mean %s?"::formatted).orElse("");
    faults.add(new Fault(variable, origin, wrong, ""));
  }

  private void set(Key<?, ?> key, String text, String origin) {
    if (text.isEmpty()) {
      return;
    }
    if (!key.secret() || !text.startsWith("file:")) {
      given.put(key.name(), new Given(text, origin));
      return;
    }
    try {
      given.put(key.name(), new Given(secret(text.substring("file:".length())), origin));
    } catch (IOException | IllegalArgumentException e) {
      faults.add(new Fault(key.name(), origin, wrongSecret(text, e), key.type().allowed()));
      // The key is set all the same: nothing else shall miss it and add a second fault.
      given.put(key.name(), new Given(text, origin));
    }
  }

  /** Docker and Kubernetes hand secrets over as files; people end theirs with a line feed. */
  private static String secret(String path) throws IOException {
    Path file = Path.of(path);
    if (!file.isAbsolute()) {
      throw new IllegalArgumentException("the path is not absolute");
    }
    String secret = Files.readString(file).replaceFirst("[\r\n]+$", "");
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("the file is empty");
    }
    return secret;
  }

  private static String wrongSecret(String text, Exception cause) {
    String why = cause instanceof IllegalArgumentException ? cause.getMessage() : cause.toString();
    return "no secret could be read from %s: %s".formatted(text, why);
  }
}
