package dev.aftercall.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What this module holds, whether it ran or not. */
final class Checks {
  private static final String CLASS = ".class";

  private Checks() {}

  /** The compiled classes. */
  static List<Path> classFiles() throws IOException {
    try {
      URI root = Checks.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        return files.filter(file -> file.toString().endsWith(CLASS)).sorted().toList();
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** The name of every check, with its group's. */
  static Set<String> all() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : classFiles()) {
      String simple = file.getFileName().toString().replace(CLASS, "");
      Class<?> type = load(Checks.class.getPackageName() + '.' + simple);
      Conformance group = type.getAnnotation(Conformance.class);
      if (group != null) {
        Arrays.stream(type.getDeclaredMethods())
            .filter(
                method ->
                    method.isAnnotationPresent(Verified.class)
                        || method.isAnnotationPresent(Differs.class)
                        || method.isAnnotationPresent(Todo.class))
            .forEach(
                method -> names.add(name(group.value(), Sentences.sentence(method.getName()))));
      }
    }
    return names;
  }

  static String name(String group, String check) {
    return group + " / " + check;
  }

  private static Class<?> load(String name) throws IOException {
    try {
      return Class.forName(name, false, Checks.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }
}
