package dev.aftercall.media;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A movie box as it will be in front of the media data. */
final class MovedMovie {
  private static final long LARGEST_U32 = 0xffff_ffffL;
  private static final int HEADER = 8;

  private final Mp4Layout layout;
  private final List<ChunkTable> tables;
  private final Set<ChunkTable> widened = new HashSet<>();
  private final long narrow;
  private long size;

  private MovedMovie(Mp4Layout layout, List<ChunkTable> tables, long narrow) {
    this.layout = layout;
    this.tables = tables;
    this.narrow = narrow;
  }

  /**
   * Finds the size that the box will have. A table whose offsets outgrow 32 bits becomes one of 64;
   * that makes the box larger, which may let another one outgrow them.
   *
   * @param narrow the largest offset that 32 bits hold
   */
  static MovedMovie plan(PagedReader reader, Mp4Layout layout, long narrow)
      throws IOException, ContainerFault {
    MovedMovie plan = new MovedMovie(layout, MovieTables.in(reader, layout), narrow);
    do {
      plan.size = HEADER + layout.movie().end() - layout.movie().body() + plan.growth();
    } while (plan.widenWhatOverflows());
    if (plan.size > LARGEST_U32) {
      throw ContainerFault.malformed("a movie box of 4 GiB", layout.movie().start());
    }
    return plan;
  }

  private long growth() {
    return widened.stream().mapToLong(ChunkTable::growth).sum();
  }

  private boolean widenWhatOverflows() {
    boolean any = false;
    for (ChunkTable table : tables) {
      boolean overflows =
          (table.before() >= 0 && moved(table.before()) > narrow)
              || (table.behind() >= 0 && moved(table.behind()) > narrow);
      any |= !table.wide() && overflows && widened.add(table);
    }
    return any;
  }

  long size() {
    return size;
  }

  /** Where a byte of media data lies when the box has moved in front of it. */
  private long moved(long offset) {
    return offset < layout.movie().start() ? offset + size : offset + size - layout.movieSize();
  }

  /** What is written in place of a stretch of the old box. */
  private record Edit(long end, Writing writing) {
    @FunctionalInterface
    interface Writing {
      void to(Faststart.Sink sink) throws IOException, ContainerFault;
    }
  }

  void write(PagedReader reader, Faststart.Sink sink) throws IOException, ContainerFault {
    sink.u32(size);
    sink.u32(0x6d6f6f76); // moov
    long at = layout.movie().body();
    for (Map.Entry<Long, Edit> next : edits(reader).entrySet()) {
      sink.copy(at, next.getKey());
      next.getValue().writing().to(sink);
      at = next.getValue().end();
    }
    sink.copy(at, layout.movie().end());
    sink.flush();
  }

  private SortedMap<Long, Edit> edits(PagedReader reader) throws IOException, ContainerFault {
    TreeMap<Long, Edit> edits = new TreeMap<>();
    Map<Box, Long> larger = new LinkedHashMap<>();
    for (ChunkTable table : tables) {
      edits.put(
          table.box().start(), new Edit(table.box().end(), sink -> write(reader, table, sink)));
      if (widened.contains(table)) {
        table.around().forEach(box -> larger.merge(box, table.growth(), Long::sum));
      }
    }
    for (Map.Entry<Box, Long> grown : larger.entrySet()) {
      Box box = grown.getKey();
      long length = box.end() - box.start() + grown.getValue();
      if (reader.u32(box.start()) == 1) {
        edits.put(box.start() + 8, new Edit(box.start() + 16, sink -> sink.i64(length)));
      } else if (length <= LARGEST_U32) {
        edits.put(box.start(), new Edit(box.start() + 4, sink -> sink.u32(length)));
      } else {
        throw ContainerFault.malformed("a box without room for its size", box.start());
      }
    }
    return edits;
  }

  private void write(PagedReader reader, ChunkTable table, Faststart.Sink sink)
      throws IOException, ContainerFault {
    boolean wide = table.wide() || widened.contains(table);
    sink.u32(table.size(wide));
    sink.u32(wide ? 0x636f3634 : 0x7374636f); // co64, stco
    sink.u32(0);
    sink.u32(table.count());
    for (long i = 0; i < table.count(); i++) {
      long offset = moved(table.offset(reader, i));
      if (wide) {
        sink.i64(offset);
      } else {
        sink.u32(offset);
      }
    }
  }
}
