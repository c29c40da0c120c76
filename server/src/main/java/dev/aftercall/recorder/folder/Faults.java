package dev.aftercall.recorder.folder;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what is wrong with a folder, however often it is looked at; for one thread. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final int MOST = 100;

  private final String source;
  private Set<String> before = new HashSet<>();
  private Set<String> now = new HashSet<>();
  private boolean broken;

  Faults(String source) {
    this.source = source;
  }

  /** Something is wrong. */
  void add(String what) {
    broken = true;
    note(what);
  }

  /** Something is as it should not be, and stands in the way of nothing. */
  void note(String what) {
    if (now.size() < MOST && now.add(what) && !before.contains(what)) {
      LOG.warn("Source {}: {}", source, what);
    }
  }

  /** Something could not be done. */
  void add(String what, Exception e) {
    add(what + ": " + why(e));
  }

  private static String why(Exception e) {
    return switch (e) {
      case AccessDeniedException denied ->
          denied.getFile()
              + " is not open to the user that runs Aftercall. Let it read and write the folder.";
      case AtomicMoveNotSupportedException _ ->
          "it lies on another disk than the folder. Watch that disk as a source of its own.";
      case NoSuchFileException gone -> gone.getFile() + " is not there.";
      case IOException io -> io.getMessage() + ". It is tried again.";
      default -> e + ". It is tried again.";
    };
  }

  /** Whether something is wrong in this turn. */
  boolean any() {
    return broken;
  }

  /** A turn is over: what was not said again is mended. */
  void turned() {
    if (!before.isEmpty() && now.isEmpty()) {
      LOG.info("Source {}: its folder works again", source);
    }
    broken = false;
    before = now;
    now = new HashSet<>();
  }
}
