package dev.aftercall.media;

import dev.aftercall.media.ProbeResult.Media;
import dev.aftercall.media.ProbeResult.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The boxes at the top of an MP4 or QuickTime file.
 *
 * <p>Walks from box to box to the end of the file, because only that tells whether all of it has
 * arrived. The media data itself (mdat) is stepped over.
 */
final class Mp4File {
  /** What a file may begin with; ftyp is missing in old QuickTime files and in lone segments. */
  private static final Set<String> FIRST =
      Set.of(
          "ftyp", "styp", "moov", "moof", "mdat", "sidx", "free", "skip", "wide", "pnot", "uuid");

  private final PagedReader reader;
  private @Nullable Movie movie;
  private long movieAt;
  private long firstDataAt = -1;
  private boolean picture;
  private boolean fragments;

  /** The end of the stretch whose fragments an index describes. */
  private long indexedUntil;

  Mp4File(PagedReader reader) {
    this.reader = reader;
  }

  static boolean claims(PagedReader reader) throws IOException, ContainerFault {
    return reader.size() >= 8 && FIRST.contains(reader.text(4, 4));
  }

  Media read() throws IOException, ContainerFault {
    long at = 0;
    while (at < reader.size() && !padding(at)) {
      Box box = Box.atTop(reader, at);
      if (!box.plausible()) {
        throw ContainerFault.malformed("something that is no box", at);
      }
      take(box);
      // Fragments that an index describes are not looked at one by one.
      at = box.type().equals("moof") ? Math.max(box.end(), indexedUntil) : box.end();
    }
    return verdict();
  }

  /** Zeros up to the end: a file given its size in advance, or a closing QuickTime list. */
  private boolean padding(long at) throws IOException, ContainerFault {
    if (movie == null || firstDataAt < 0) {
      return false;
    }
    for (long i = at; i < Math.min(at + 8, reader.size()); i++) {
      if (reader.u8(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private void take(Box box) throws IOException, ContainerFault {
    switch (box.type()) {
      case "moov" -> {
        if (movie == null) { // players also go by the first
          movie = Movie.read(reader, box);
          movieAt = box.start();
        }
      }
      case "mdat" -> data(box);
      case "moof" -> {
        data(box);
        fragments = true;
        if (movie != null && !movie.knowsFragments() && box.start() >= indexedUntil) {
          new MovieFragment(reader, movie).read(box);
        }
      }
      case "sidx" -> {
        if (movie != null && !movie.knowsFragments()) {
          indexedUntil = Math.max(indexedUntil, SegmentIndex.read(reader, movie, box));
        }
      }
      case "meta" -> picture = true; // HEIF and AVIF keep their items here
      default -> {
        // free, skip, wide, uuid, mfra, styp, emsg and what is yet to be invented
      }
    }
  }

  private void data(Box box) {
    if (firstDataAt < 0) {
      firstDataAt = box.start();
    }
  }

  private Media verdict() throws IOException, ContainerFault {
    Movie found = movie;
    if (found == null) {
      throw noMovie();
    }
    if (!found.hasVideo() && !found.hasAudio()) {
      throw ContainerFault.noTime("the box 'moov' at offset " + movieAt + " lists no track");
    }
    if (firstDataAt < 0) {
      throw found.fragmented()
          ? ContainerFault.noTime("no fragment follows the box 'moov' at offset " + movieAt)
          : ContainerFault.of(
              Reason.TRUNCATED,
              "The file ends at offset "
                  + reader.size()
                  + " without any media data (box 'mdat'); send the whole file again.");
    }
    Duration duration = found.duration();
    String type = found.hasVideo() ? "video/mp4" : "audio/mp4";
    return new Media(type, duration, found.hasVideo(), found.hasAudio(), movieAt < firstDataAt);
  }

  private ContainerFault noMovie() {
    if (picture) {
      return ContainerFault.of(
          Reason.NOT_MEDIA,
          "The file is a picture (items in a box 'meta', no box 'moov' up to offset "
              + reader.size()
              + "); hand over the recording itself.");
    }
    return ContainerFault.of(
        Reason.NO_MOOV,
        fragments
            ? "No box 'moov' up to the end of the file at offset "
                + reader.size()
                + ": these are segments without their beginning;"
                + " put the initialization segment in front of them."
            : "No box 'moov' up to the end of the file at offset "
                + reader.size()
                + ": the recorder stopped before it finished the file; rebuild it with a repair tool"
                + " such as untrunc, and let the recorder write fragmented MP4 from now on.");
  }
}
