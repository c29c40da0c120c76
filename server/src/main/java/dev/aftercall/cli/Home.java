package dev.aftercall.cli;

import dev.aftercall.config.Secret;
import dev.aftercall.config.Settings;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.disk.DiskContentStore;
import dev.aftercall.content.s3.S3ContentStore;
import dev.aftercall.content.s3.S3Location;
import dev.aftercall.intake.Intake;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcIntakeStore;
import dev.aftercall.media.ContainerProbe;
import dev.aftercall.time.Ids;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Where an Aftercall lives: its data folder, its catalogue and its content, opened.
 *
 * @param lent whether somebody else closes it
 */
record Home(Path dataDir, Database database, ContentStore contents, boolean lent)
    implements AutoCloseable {
  private static final String NATIVE = "native";
  private static final long LARGEST = 1L << 40;

  /** The home of {@code start-dev}: everything in one folder. */
  static Home in(Path dataDir) throws IOException {
    if (!Files.isDirectory(dataDir)) {
      // Recordings are nobody else's business on a shared machine.
      Files.createDirectories(
          dataDir,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    nativeLibrariesIn(dataDir);
    return new Home(
        dataDir,
        Database.open(Database.Location.in(dataDir)),
        new DiskContentStore(dataDir.resolve("content")),
        false);
  }

  /** The home that settings describe. */
  static Home of(Settings settings) throws IOException {
    Path dataDir = settings.dataDir();
    nativeLibrariesIn(dataDir);
    return new Home(dataDir, Database.open(location(settings)), contents(settings), false);
  }

  /** The same, which closing leaves open. */
  Home lend() {
    return new Home(dataDir, database, contents, true);
  }

  private static Database.Location location(Settings settings) {
    Settings.Database database = settings.database();
    return new Database.Location(
        settings.databaseUrl(),
        database.user(),
        database.password().map(Secret::value),
        database.poolSize());
  }

  private static ContentStore contents(Settings settings) throws IOException {
    return switch (settings.content()) {
      case Settings.Disk disk -> new DiskContentStore(settings.dataDir().resolve("content"));
      case Settings.S3 s3 ->
          new S3ContentStore(
              new S3Location(
                  s3.endpoint().orElse(null),
                  s3.region(),
                  s3.bucket().orElseThrow(),
                  s3.prefix(),
                  s3.accessKey().orElse(null),
                  s3.secretKey().map(Secret::value).orElse(null),
                  s3.pathStyle(),
                  s3.chunkedEncoding(),
                  s3.delivery() == Settings.Delivery.REDIRECT,
                  s3.partSize()));
    };
  }

  /** The way in, for commands: what an operator takes in by hand may have any size. */
  Intake intake(Ids ids, InstantSource clock) throws IOException {
    return new Intake(
        new Intake.Rooms(new JdbcIntakeStore(database), contents, new ContainerProbe()),
        dataDir,
        new Intake.Limits(LARGEST, Duration.ofDays(7)),
        ids,
        clock);
  }

  /** Where the journal keeps what is on its way, its seals and its archives. */
  Path journal() throws IOException {
    return Files.createDirectories(dataDir.resolve("journal"));
  }

  /** Where archived months of the journal lie. */
  Path archives() {
    return dataDir.resolve("journal").resolve("archive");
  }

  /**
   * Makes sure that one server alone works in this folder: as long as the lock is held.
   *
   * @throws IOException when another server is running here
   */
  Closeable lock() throws IOException {
    FileChannel file =
        FileChannel.open(
            dataDir.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (file.tryLock() == null) {
      file.close();
      throw new IOException(
          "Another server is running in "
              + dataDir.toAbsolutePath().normalize()
              + ". Stop it, or choose another folder.");
    }
    removeNativeLibraries();
    return file;
  }

  /** SQLite unpacks its library at each start and leaves it behind when killed: not in /tmp. */
  private static void nativeLibrariesIn(Path dataDir) throws IOException {
    Path folder = Files.createDirectories(dataDir.resolve(NATIVE));
    System.setProperty("org.sqlite.tmpdir", folder.toString());
  }

  /** Removes what killed processes left; a library in use lives on without its name. */
  private void removeNativeLibraries() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(dataDir.resolve(NATIVE))) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (lent) {
      return;
    }
    database.close();
    if (contents instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IOException("The content store did not close.", e);
      }
    }
  }
}
