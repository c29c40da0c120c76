package dev.aftercall.recorder.folder;

import dev.aftercall.recorder.RecorderType;
import java.io.IOException;
import java.nio.file.Path;

/** What is taken out of a folder, and what is in it. */
interface Contents {
  /** Whether a file of that name is taken. */
  boolean takes(String name);

  /**
   * What the recorder's reader reads of a claimed file.
   *
   * @throws IllegalArgumentException where nothing in it can be read
   */
  String envelope(Claim claim) throws IOException;

  /** As a kind of source has them. */
  static Contents of(RecorderType type, Path root) {
    return type == RecorderType.SCALELITE ? new TarContents(root) : new FileContents();
  }

  /** Each file is what it is. */
  record FileContents() implements Contents {
    @Override
    public boolean takes(String name) {
      return !Names.sidecar(name);
    }

    @Override
    public String envelope(Claim claim) {
      return claim.words().toString();
    }
  }
}
