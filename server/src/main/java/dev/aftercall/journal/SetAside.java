package dev.aftercall.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aftercall.digest.Sha256;
import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that the database refuses for their own sake: a file with a JSON object a line, for
 * people to look at. What one of them blocks would be lost at last.
 */
final class SetAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final AtomicLong count = new AtomicLong();

  SetAside(Path file) {
    this.file = file;
  }

  /** Keeps it with the reason; durable when this returns. */
  void add(String id, String reason, byte[] payload) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("id", id);
      json.writeStringField("reason", reason);
      json.writeBinaryField("record", payload);
      json.writeEndObject();
    }
    line.write('\n');
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    count.incrementAndGet();
    LOG.error("The journal entry {} was set aside in {}: {}", id, file, reason);
  }

  /** What stands in the chain in its place, so that the gap is proved too. */
  Written marker(Written refused, byte[] payload) {
    Entry entry = refused.entry();
    return new Written(
        refused.id(),
        new Entry(
            entry.at(),
            "",
            entry.tenant(),
            "",
            "",
            "set-aside",
            refused.id(),
            "sha256-" + Sha256.hex(payload),
            entry.allowed(),
            Delivery.NONE));
  }

  long count() {
    return count.get();
  }
}
