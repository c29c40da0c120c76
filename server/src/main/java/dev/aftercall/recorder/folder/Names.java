package dev.aftercall.recorder.folder;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which names in a folder are files to take. */
final class Names {
  /** Where claimed files wait, files that are in the archive, and files that are not. */
  static final String CLAIMED = ".claimed";

  static final String DONE = "done";
  static final String FAILED = "failed";

  /** What browsers, copying programs and recorders call a file that they are not done with. */
  private static final List<String> UNFINISHED =
      List.of(
          ".part",
          ".partial",
          ".tmp",
          ".temp",
          ".crdownload",
          ".download",
          ".opdownload",
          ".filepart",
          ".incomplete",
          ".swp",
          "~");

  private Names() {}

  /** Whether nobody is to look at it: hidden, or not finished by its name. */
  static boolean ignored(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.startsWith(".")
        || name.startsWith("~$")
        || lower.equals("thumbs.db")
        || lower.equals("desktop.ini")
        || UNFINISHED.stream().anyMatch(lower::endsWith);
  }

  /** Whether it says something of another file. */
  static boolean sidecar(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".json");
  }

  private static boolean transcript(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".vtt") || lower.endsWith(".srt");
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 1 ? name : name.substring(0, dot);
  }

  /** The names in one folder, to tell which of them says something of which. */
  static final class InFolder {
    private final List<String> all;
    private final Map<String, Integer> called = new HashMap<>();

    /**
     * Counts them.
     *
     * @param all sorted
     */
    InFolder(List<String> all) {
      this.all = all;
      all.stream()
          .filter(it -> !sidecar(it) && !transcript(it) && !ignored(it))
          .forEach(it -> called.merge(stem(it), 1, Integer::sum));
    }

    /**
     * Which of the names says something of a file: {@code film.mp4.json}, or {@code film.json}
     * where no other recording is called film; "" for none.
     */
    String sidecarOf(String name) {
      String own = name + ".json";
      if (there(own)) {
        return own;
      }
      String shared = stem(name) + ".json";
      boolean alone = called.getOrDefault(stem(name), 0) == 1;
      return alone && !transcript(name) && there(shared) ? shared : "";
    }

    private boolean there(String name) {
      return Collections.binarySearch(all, name) >= 0;
    }
  }
}
