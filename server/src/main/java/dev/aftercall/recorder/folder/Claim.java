package dev.aftercall.recorder.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A file that was taken out of the folder: it lies in a folder of its own, {@code
 * .claimed/{owner}/{id}}, beside {@code claim.json}, which was durable before it.
 *
 * @param id names the folder
 * @param words claim.json: {@code claim}, {@code path} as it lay in the folder, {@code location},
 *     {@code size}, {@code modified}, and what its sidecar says
 */
record Claim(String owner, String id, ObjectNode words) {
  static final String WORDS = "claim.json";

  /** Its folder, from the root on. */
  List<String> steps() {
    return List.of(Names.CLAIMED, owner, id);
  }

  /** Where it lay, from the root on. */
  String path() {
    return words.path("path").asText();
  }

  /** What it is called. */
  String name() {
    String path = path();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The name of its sidecar; "" where it has none. */
  String sidecar() {
    return words.path("sidecarName").asText();
  }

  /** Where it lies now, from the root on. */
  String location() {
    return words.path("location").asText();
  }
}
