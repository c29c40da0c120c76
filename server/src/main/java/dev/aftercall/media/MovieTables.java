package dev.aftercall.media;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the tables of chunk offsets in a movie box, and whatever else might know offsets. */
final class MovieTables {
  private static final int MOST_TRACKS = 1_000;
  private static final Set<String> CONTAINERS =
      Set.of("trak", "mdia", "minf", "stbl", "dinf", "udta");

  /**
   * Items (iloc) and auxiliary data (saio) lie at offsets of their own; compressed and referenced
   * movies are not read; fragments follow no table.
   */
  private static final Set<String> UNUSUAL =
      Set.of("iloc", "saio", "cmov", "rmra", "mvex", "moov", "mdat", "moof");

  private final PagedReader reader;
  private final Mp4Layout layout;
  private final List<ChunkTable> tables = new ArrayList<>();
  private final Set<Box> sampleTables = new HashSet<>();
  private final Deque<Box> around = new ArrayDeque<>();

  private MovieTables(PagedReader reader, Mp4Layout layout) {
    this.reader = reader;
    this.layout = layout;
  }

  static List<ChunkTable> in(PagedReader reader, Mp4Layout layout)
      throws IOException, ContainerFault {
    MovieTables found = new MovieTables(reader, layout);
    found.walk(layout.movie());
    return found.tables;
  }

  private void walk(Box parent) throws IOException, ContainerFault {
    if (around.size() > CONTAINERS.size()) {
      throw ContainerFault.malformed("boxes too deep in each other", parent.start());
    }
    for (long at = parent.body(); at < parent.end() && !closing(parent, at); ) {
      Box box = sized(parent, at);
      at = box.end();
      if (UNUSUAL.contains(box.type()) || !box.plausible()) {
        throw ContainerFault.malformed("a box that may hold offsets", box.start());
      }
      switch (box.type()) {
        case "stco", "co64" -> table(parent, box);
        case "dref" -> itself(box);
        case "meta" -> items(box);
        default -> {
          if (CONTAINERS.contains(box.type())) {
            around.addLast(box);
            walk(box);
            around.removeLast();
          }
        }
      }
    }
  }

  /** QuickTime may end user data with 32 bits of zero. */
  private boolean closing(Box parent, long at) throws IOException, ContainerFault {
    return parent.type().equals("udta") && parent.end() - at == 4 && reader.u32(at) == 0;
  }

  /** Size 0, the rest of the file, is for the top alone; readers differ in what it is within. */
  private Box sized(Box parent, long at) throws IOException, ContainerFault {
    Box box = Box.within(reader, at, parent.end());
    if (reader.u32(at) == 0) {
      throw ContainerFault.malformed("a box of no size within another", at);
    }
    return box;
  }

  private void table(Box parent, Box box) throws IOException, ContainerFault {
    boolean second = !sampleTables.add(parent);
    if (!parent.type().equals("stbl") || second || tables.size() >= MOST_TRACKS) {
      throw ContainerFault.malformed("one table of chunk offsets too many", box.start());
    }
    tables.add(ChunkTable.read(reader, layout, box, List.copyOf(around)));
  }

  /** Media data in another file has that file's offsets (8.7.2); flag 1: in the same file. */
  private void itself(Box references) throws IOException, ContainerFault {
    references.atLeast(8);
    long at = references.body() + 8;
    for (long left = reader.u32(references.body() + 4); left > 0; left--) {
      Box entry = sized(references, at).atLeast(4);
      if ((reader.u32(entry.body()) & 1) == 0) {
        throw ContainerFault.malformed("media data in another file", entry.start());
      }
      at = entry.end();
    }
  }

  /** A full box in MP4, a plain one in QuickTime, whose first child is 'hdlr'. */
  private void items(Box meta) throws IOException, ContainerFault {
    if (meta.end() - meta.body() < 8) {
      return;
    }
    long from = reader.text(meta.body() + 4, 4).equals("hdlr") ? meta.body() : meta.body() + 4;
    for (long at = from; at < meta.end(); ) {
      Box box = sized(meta, at);
      if (UNUSUAL.contains(box.type())) {
        throw ContainerFault.malformed("items at offsets of their own", box.start());
      }
      at = box.end();
    }
  }
}
