package dev.aftercall.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies where at the top of an MP4 that could be put into another order.
 *
 * @param type the box 'ftyp', the first
 * @param movie the box 'moov'
 * @param data the boxes 'mdat', in order
 */
record Mp4Layout(Box type, Box movie, List<Box> data, boolean startsFast) {
  private static final int MOST_BOXES = 10_000;
  private static final Set<String> FRAGMENTED = Set.of("moof", "styp", "sidx", "ssix", "mfra");

  /** Hold no offsets of the file and are not looked for at one. */
  private static final Set<String> SPACE = Set.of("free", "skip", "wide");

  /** Refuses what has a box that might not bear being moved. */
  static Mp4Layout read(PagedReader reader) throws IOException, ContainerFault {
    Optional<Box> type = Optional.empty();
    Optional<Box> movie = Optional.empty();
    List<Box> data = new ArrayList<>();
    boolean fragmented = false;
    int count = 0;
    for (long at = 0; at < reader.size(); ) {
      Box box = Box.atTop(reader, at);
      if (count++ > MOST_BOXES) {
        throw ContainerFault.tooMuch("more than " + MOST_BOXES + " boxes at the top", at);
      }
      if (at == 0 && box.type().equals("ftyp")) {
        type = Optional.of(box);
      } else if (box.type().equals("moov") && movie.isEmpty()) {
        movie = Optional.of(box);
      } else if (box.type().equals("mdat")) {
        data.add(box);
      } else if (FRAGMENTED.contains(box.type())) {
        fragmented = true;
      } else if (!SPACE.contains(box.type())) {
        throw ContainerFault.malformed("a box that is not expected at the top", at);
      }
      at = box.end();
    }
    if (type.isEmpty() || movie.isEmpty() || data.isEmpty()) {
      throw ContainerFault.malformed("no 'ftyp', no 'moov' or no 'mdat'", 0);
    }
    boolean fast = fragmented || movie.get().start() < data.getFirst().start();
    return new Mp4Layout(type.get(), movie.get(), List.copyOf(data), fast);
  }

  long movieSize() {
    return movie.end() - movie.start();
  }

  /** Whether a chunk can begin there. */
  boolean inData(long offset) {
    int low = 0;
    int high = data.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Box box = data.get(middle);
      if (offset < box.body()) {
        high = middle - 1;
      } else if (offset >= box.end()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
