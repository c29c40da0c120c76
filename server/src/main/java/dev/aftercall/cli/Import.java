package dev.aftercall.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.content.FileSlice;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Receipt;
import dev.aftercall.intake.Submitter;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes files in from this machine. */
@Command(
    name = "import",
    description = {
      "Takes a recording in from this machine, whether a server is running or not; or the"
          + " transcript of one, when FILE is called .vtt or .srt.",
      "Prints a receipt once it is durable, hashed, probed and committed; the file may be deleted"
          + " then. Stopped half way, the same command goes on where it was."
    },
    mixinStandardHelpOptions = true)
final class Import implements Effect.Changes {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private Output output = new Output();
  @Mixin private PeopleOption people = new PeopleOption();

  @Parameters(paramLabel = "FILE", description = "MP4 or WebM; WebVTT or SubRip.")
  private Path file = Path.of("");

  @Option(
      names = "--organizer",
      paramLabel = "OID",
      description = "Object id of the person whose meeting it is. Needed without --meeting.")
  private @Nullable UUID organizer;

  @Option(
      names = "--meeting",
      paramLabel = "ID",
      description = "A meeting that is here, by its Graph id; else one is made.")
  private @Nullable String meeting;

  @Option(
      names = "--recording",
      paramLabel = "ID",
      description = "The recording that a transcript belongs to, by its Graph id.")
  private @Nullable String recording;

  @Option(names = "--subject", paramLabel = "TEXT", description = "Subject of the meeting made.")
  private @Nullable String subject;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description =
          "When the recording starts, such as 2026-01-31T09:00:00Z. Default: its"
              + " duration ago.")
  private @Nullable String start;

  @Option(
      names = {"--meeting-type", "--type"},
      paramLabel = "TYPE",
      description =
          "scheduled, recurring, meetnow, broadcast, or adhoc for a call that is no meeting."
              + " Default: scheduled.")
  private @Nullable String meetingType;

  @Option(names = "--channel", description = "The meeting made is in a channel.")
  private boolean channel;

  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      description = "WebVTT or SubRip of the same call.")
  private @Nullable Path transcript;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "What the file's hash must be; another one sends it to quarantine.")
  private @Nullable String sha256;

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(file)) {
      throw new Failure("There is no file " + file + ".");
    }
    if (Files.size(file) == 0) {
      throw new Failure(file + " is empty.");
    }
    if (recording != null && !transcribes()) {
      throw new Failure(
          "--recording is for transcripts; " + file + " is called neither .vtt nor .srt.");
    }
    if (organizer == null && meeting == null && recording == null) {
      throw new Failure(
          "Say whose recording it is by --organizer, or to which meeting it belongs by --meeting.");
    }
    try (Home open = home.open()) {
      Intake intake = open.intake(Ids.secure(), InstantSource.system());
      print(take(intake, new Submitter(home.tenant(open.database()), "aftercall-import")));
      return 0;
    } catch (IntakeException e) {
      throw new Failure(e.text());
    }
  }

  private Receipt take(Intake intake, Submitter submitter) throws IOException, IntakeException {
    long size = Files.size(file);
    ObjectNode metadata = metadata(size);
    Intake.Progress progress = intake.open(submitter, metadata, Optional.of(key(metadata)));
    if (progress.receipt().isEmpty()) {
      long from = progress.received();
      try (InputStream bytes =
          Progress.of(FileSlice.open(file, from, size - from), file, from, size)) {
        progress =
            intake.append(
                progress.uploadId(),
                progress.secret().orElseThrow(),
                new Intake.Fragment(from, size - from, Optional.of(size), bytes));
      }
    }
    Optional<String> reason = progress.reason();
    return progress
        .receipt()
        .orElseThrow(
            () ->
                new Failure(
                    "The recording was not taken in: " + reason.orElse("it is being kept")));
  }

  private boolean transcribes() {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".vtt") || name.endsWith(".srt");
  }

  private ObjectNode metadata(long size) throws IOException {
    ObjectNode metadata = JSON.createObjectNode();
    if (transcribes()) {
      metadata.put("kind", "transcript");
    }
    put(metadata, "recordingId", recording);
    put(metadata, "meetingId", meeting);
    put(metadata, "organizer", organizer);
    put(metadata, "subject", subject);
    put(metadata, "start", start);
    put(metadata, "meetingType", meetingType);
    put(metadata, "sha256", sha256);
    people(metadata.putArray("attendees"), people.attendees());
    people(metadata.putArray("coorganizers"), people.coorganizers());
    metadata.put("channel", channel);
    metadata.put("fileName", String.valueOf(file.getFileName()));
    metadata.put("size", size);
    if (transcript != null) {
      metadata.put("transcript", text(transcript));
    }
    return metadata;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Failure(file + " is not UTF-8.");
    }
  }

  private static void put(ObjectNode metadata, String name, @Nullable Object value) {
    if (value != null) {
      metadata.put(name, value.toString());
    }
  }

  private static void people(ArrayNode list, List<UUID> people) {
    people.forEach(person -> list.add(person.toString()));
  }

  /** The same file with the same words is the same hand-over: that is how it is resumed. */
  private String key(ObjectNode metadata) throws IOException {
    String identity =
        file.toRealPath() + "|" + Files.getLastModifiedTime(file).toMillis() + "|" + metadata;
    return "import-" + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
  }

  private void print(Receipt receipt) throws IOException {
    if (output.json()) {
      Output.json(receipt);
    } else {
      Output.line("Kept. It is safe to delete the file.");
      Output.line("  %-10s %s".formatted(transcribes() ? "transcript" : "recording", receipt.id()));
      if (receipt.transcriptId() != null) {
        Output.line("  transcript %s".formatted(receipt.transcriptId()));
      }
      Output.line("  meeting    %s".formatted(receipt.meetingId()));
      if (receipt.callId() != null) {
        Output.line("  call       %s".formatted(receipt.callId()));
      }
      Output.line("  sha256     %s".formatted(receipt.sha256()));
      Output.line(
          "  size       %d bytes, %.3f s".formatted(receipt.size(), receipt.durationSeconds()));
    }
  }
}
