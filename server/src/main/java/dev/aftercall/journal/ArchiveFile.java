package dev.aftercall.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.digest.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A file of archived entries: gzip, a JSON object a line; the first says where the chain stood
 * before, the last where it stands behind.
 */
final class ArchiveFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "aftercall-journal-1";

  private ArchiveFile() {}

  /** Writes entries one by one, beside the file's place. */
  static final class Writer implements AutoCloseable {
    private final Path folder;
    private final UUID tenant;
    private final String month;
    private final Chain before;
    private final Path beside;
    private final BufferedWriter out;
    private Chain chain;
    private long entries;

    Writer(Path folder, UUID tenant, String month, Chain before) throws IOException {
      this.folder = folder;
      this.tenant = tenant;
      this.month = month;
      this.before = before;
      this.chain = before;
      Files.createDirectories(folder.resolve(tenant.toString()));
      this.beside = folder.resolve(name() + ".part");
      this.out =
          new BufferedWriter(
              new OutputStreamWriter(
                  new GZIPOutputStream(Files.newOutputStream(beside)), StandardCharsets.UTF_8));
      line(
          JSON.createObjectNode()
              .put("archive", FORMAT)
              .put("tenant", tenant.toString())
              .put("month", month)
              .put("afterSequence", before.sequence())
              .put("afterHash", before.hash())
              .toString());
    }

    private String name() {
      return tenant + "/" + month + "-" + (before.sequence() + 1) + ".jsonl.gz";
    }

    Chain chain() {
      return chain;
    }

    void add(Chain.Link link) throws IOException {
      if (!chain.leadsTo(link)) {
        throw new IOException(
            "The chain of tenant %s is broken at entry %d, and what is broken is not archived."
                    .formatted(tenant, chain.sequence() + 1)
                + " See: aftercall journal verify");
      }
      line(EntryJson.line(link));
      chain = link.end();
      entries++;
    }

    private void line(String text) throws IOException {
      out.write(text);
      out.write('\n');
    }

    /** Ends the file, makes it durable and puts it into its place. */
    Archive finish() throws IOException {
      line(
          JSON.createObjectNode()
              .put("sequence", chain.sequence())
              .put("hash", chain.hash())
              .put("entries", entries)
              .toString());
      out.close();
      try (FileChannel file = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        file.force(true);
      }
      Path file = folder.resolve(name());
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return new Archive(tenant, before, chain, month, entries, name(), sha256(file));
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(beside);
    }
  }

  /** Takes entries in their order. */
  @FunctionalInterface
  interface Taker {
    void take(Chain.Link link) throws IOException;
  }

  /**
   * Reads what an archive holds.
   *
   * @throws IOException when the file is missing or none
   */
  static void read(Path folder, Archive archive, Taker taker) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(archive.file()))),
                StandardCharsets.UTF_8))) {
      JsonNode head = JSON.readTree(String.valueOf(in.readLine()));
      if (!head.path("archive").asText().equals(FORMAT)) {
        throw new IOException(archive.file() + " is no archive of a journal.");
      }
      String line = in.readLine();
      String next = in.readLine();
      while (line != null && next != null) {
        taker.take(EntryJson.read(line));
        line = next;
        next = in.readLine();
      }
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.hex(in);
    }
  }
}
