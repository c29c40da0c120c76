package dev.aftercall.fetch.disk;

import dev.aftercall.fetch.Access;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Fetched;
import dev.aftercall.fetch.Fetcher;
import dev.aftercall.fetch.Location;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Fetches files of a shared folder. From the folder down each step is opened relative to the one
 * before and follows no symbolic link (openat with O_NOFOLLOW), so there is no moment between check
 * and use in which a name could be made to lead out.
 */
public final class FolderFetcher implements Fetcher {
  private static final int DEEPEST = 64;

  private final Access.Folder access;
  private final long maximum;

  /**
   * Opens nothing yet: a disk may be mounted later.
   *
   * @param maximum bytes of a file
   */
  public FolderFetcher(Access.Folder access, long maximum) {
    this.access = access;
    this.maximum = maximum;
  }

  @Override
  public Fetched open(Location at, long from, Optional<String> validator) throws FetchException {
    String path =
        switch (at) {
          case Location.File(String file) -> file;
          case Location.Member(String archive, String _) -> archive;
          case Location.Web _, Location.Api _, Location.Bucket _ ->
              throw FetchException.lasting(
                  Kind.FORBIDDEN_ADDRESS, at + " is no file of a shared folder.");
        };
    Optional<String> member =
        at instanceof Location.Member(String _, String name) ? Optional.of(name) : Optional.empty();
    List<String> steps = steps(path);
    try (SecureDirectoryStream<Path> root = secure(access.root())) {
      return descend(root, steps, new Wanted(path, member, from, validator));
    } catch (FetchException e) {
      throw e;
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new FetchException(
          Kind.GONE,
          path
              + " is not in the shared folder "
              + access.root()
              + ". It is tried again, for it may yet be copied or mounted.",
          e);
    } catch (AccessDeniedException e) {
      throw new FetchException(
          Kind.REFUSED,
          path + " may not be read by the user that runs Aftercall. Let it read the folder.",
          e);
    } catch (IOException e) {
      throw new FetchException(
          Kind.BROKEN, path + " could not be opened. See the disk; it is tried again.", e);
    }
  }

  /** What is wanted of a file. */
  private record Wanted(
      String path, Optional<String> member, long from, Optional<String> validator) {}

  /** The names from the folder down. */
  private List<String> steps(String path) throws FetchException {
    String below = path;
    if (path.startsWith("/")) {
      String root = access.seenAs().orElse(access.root().toString());
      String prefix = root.endsWith("/") ? root : root + "/";
      if (!path.startsWith(prefix)) {
        throw forbidden(path, "it does not lie below " + prefix);
      }
      below = path.substring(prefix.length());
    }
    List<String> steps = new ArrayList<>();
    for (String step : below.split("/", -1)) {
      if (step.equals("..")) {
        throw forbidden(path, "it goes up by '..'");
      }
      if (step.indexOf('\0') >= 0) {
        throw forbidden(path.replace("\0", ""), "it holds a zero byte");
      }
      if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    if (steps.isEmpty() || steps.size() > DEEPEST || below.endsWith("/")) {
      throw forbidden(path, "it names no file, or lies deeper than " + DEEPEST + " folders");
    }
    return steps;
  }

  private Fetched descend(SecureDirectoryStream<Path> folder, List<String> steps, Wanted wanted)
      throws IOException {
    String path = wanted.path();
    Path step = Path.of(steps.getFirst());
    var attributes = attributes(folder, step);
    if (attributes.isSymbolicLink()) {
      throw link(path);
    }
    if (steps.size() > 1) {
      try (SecureDirectoryStream<Path> next =
          folder.newDirectoryStream(step, LinkOption.NOFOLLOW_LINKS)) {
        return descend(next, steps.subList(1, steps.size()), wanted);
      }
    }
    if (!attributes.isRegularFile()) { // to open a pipe would wait for who writes it
      throw forbidden(path, "it is no file but a folder, a pipe or a device");
    }
    SeekableByteChannel file =
        folder.newByteChannel(step, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    try {
      return fetched(file, attributes(folder, step), wanted);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private Fetched fetched(SeekableByteChannel file, BasicFileAttributes attributes, Wanted wanted)
      throws IOException {
    String path = wanted.path();
    Tar.Member part =
        wanted.member().isPresent() ? member(file, wanted) : new Tar.Member(path, 0, file.size());
    long size = part.size();
    if (size > maximum) {
      throw FetchException.lasting(
          Kind.TOO_LARGE,
          path
              + " has "
              + size
              + " bytes, more than the "
              + maximum
              + " that a recording may have; raise the largest size in the settings, then retry.");
    }
    Optional<String> version =
        Optional.of(
            "file:"
                + part.offset()
                + ":"
                + size
                + ":"
                + attributes.lastModifiedTime().toInstant()
                + ":"
                + attributes.fileKey());
    boolean further = wanted.from() > 0 && wanted.from() <= size;
    long start = further && version.equals(wanted.validator()) ? wanted.from() : 0;
    file.position(part.offset() + start);
    return new Fetched(
        new FileStream(file, path, part.offset() + start, part.offset() + size),
        start,
        OptionalLong.of(size),
        version,
        Optional.empty());
  }

  private static Tar.Member member(SeekableByteChannel file, Wanted wanted) throws IOException {
    String name = wanted.member().orElseThrow();
    try {
      return Tar.members(file).stream()
          .filter(it -> it.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new FetchException(Kind.GONE, name + " is not in " + wanted.path() + "."));
    } catch (IllegalArgumentException e) {
      throw new FetchException(
          Kind.BROKEN, wanted.path() + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path step)
      throws IOException {
    return folder
        .getFileAttributeView(step, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  // What the JDK gives on Linux, macOS and other Unix systems; the caller closes it.
  @SuppressWarnings({"unchecked", "StreamResourceLeak"})
  private static SecureDirectoryStream<Path> secure(Path root) throws IOException {
    var stream = Files.newDirectoryStream(root);
    if (stream instanceof SecureDirectoryStream<?> secure) {
      return (SecureDirectoryStream<Path>) secure;
    }
    stream.close();
    throw FetchException.lasting(
        Kind.FORBIDDEN_ADDRESS,
        "Files of " + root + " cannot be opened safely on this system; use Linux or a bucket.");
  }

  private static FetchException link(String path) {
    return forbidden(path, "a symbolic link is on the way");
  }

  private static FetchException forbidden(String path, String why) {
    return FetchException.lasting(
        Kind.FORBIDDEN_ADDRESS,
        path
            + " is not fetched: "
            + why
            + ". See the source's shared folder and what the recorder announces.");
  }
}
