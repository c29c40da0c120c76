package dev.aftercall.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.seal.SealingKey;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The seals of an installation: a file with a JSON object a line. */
public final class Seals {

  private final Path folder;
  private final InstantSource clock;
  private final Map<UUID, Chain> sealed = new HashMap<>();

  /** In the journal's folder. */
  public Seals(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Where they lie. */
  public static Path file(Path folder) {
    return folder.resolve("seals.jsonl");
  }

  /** Seals the chains that have grown; durable when this returns. */
  public synchronized List<Seal> add(List<Chain.Head> heads) throws IOException {
    List<Chain.Head> grown =
        heads.stream()
            .filter(head -> head.chain().sequence() > 0)
            .filter(head -> !head.chain().equals(sealed.get(head.tenant())))
            .toList();
    if (grown.isEmpty()) {
      return List.of();
    }
    SealingKey key = SealingKey.loadOrCreate(folder);
    long now = Ticks.of(clock.instant());
    List<Seal> seals = grown.stream().map(head -> Seal.of(head, now, key)).toList();
    StringBuilder lines = new StringBuilder();
    for (Seal seal : seals) {
      lines.append(Json.MAPPER.writeValueAsString(json(seal))).append('\n');
    }
    Files.writeString(
        file(folder),
        lines,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.DSYNC);
    grown.forEach(head -> sealed.put(head.tenant(), head.chain()));
    return seals;
  }

  /** As it is kept and printed. */
  public static ObjectNode json(Seal seal) {
    return Json.MAPPER
        .createObjectNode()
        .put("tenant", seal.tenant().toString())
        .put("sequence", seal.chain().sequence())
        .put("hash", seal.chain().hash())
        .put("sealedDateTime", Ticks.format(seal.at()))
        .put("key", seal.key())
        .put("signature", seal.signature());
  }

  /**
   * Reads seals.
   *
   * @throws IOException when a line is none
   */
  public static List<Seal> read(Path file) throws IOException {
    List<Seal> seals = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank()) {
        try {
          JsonNode json = Json.MAPPER.readTree(line);
          seals.add(
              new Seal(
                  UUID.fromString(json.path("tenant").asText()),
                  new Chain(json.path("sequence").asLong(), json.path("hash").asText()),
                  Ticks.parse(json.path("sealedDateTime").asText()),
                  json.path("key").asText(),
                  json.path("signature").asText()));
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
          throw new IOException("Line " + number + " of " + file + " is no seal.", e);
        }
      }
    }
    return seals;
  }

  /** Made when it is first needed: no start waits for it. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }
}
