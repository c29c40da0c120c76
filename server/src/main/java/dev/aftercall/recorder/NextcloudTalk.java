package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Message;
import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Nextcloud Talk's recording server, which speaks to us as to Nextcloud. What it sends is proved by
 * HMAC-SHA256 over a random text and the body, or over the random text and the conversation's token
 * where the body is a file.
 *
 * @see <a href="https://nextcloud-talk.readthedocs.io/en/latest/recording/">Call recording API</a>
 */
public final class NextcloudTalk implements Recorder {
  /** Nextcloud takes none that is shorter. */
  private static final int SHORTEST_RANDOM = 32;

  private static final Set<String> EVENTS = Set.of("started", "stopped", "failed");

  /** {@code Recording 2026-01-31 09-00-00.webm}, in local time; {@code .ogg} of audio alone. */
  private static final Pattern NAME =
      Pattern.compile("Recording (\\d{4}-\\d{2}-\\d{2} \\d{2}-\\d{2}-\\d{2})\\b.*", Pattern.DOTALL);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH-mm-ss");

  private final String secret;
  private final ZoneId zone;

  NextcloudTalk(Connection connection) {
    this.secret = connection.secret().orElse("");
    this.zone = connection.zone();
  }

  /**
   * A file that is being sent.
   *
   * @param conversation its token
   * @param owner id of the Nextcloud user who started the recording
   * @param fileName without a path
   * @param random of the request
   */
  public record File(String conversation, String owner, String fileName, String random) {
    /** What is kept of it. */
    public Message message() {
      return new Message(
          JsonNodeFactory.instance
              .objectNode()
              // Not "token", which nobody is let in by but which looks like something to remove.
              .put("conversation", conversation)
              .put("owner", owner)
              .put("fileName", fileName)
              .put("random", random)
              .toString(),
          Optional.empty());
    }

    /** The random text of the file that an envelope tells of. */
    public static String random(String envelope) {
      return Envelope.read(envelope).path("random").asText();
    }
  }

  /**
   * Whether whoever sent this knows the secret.
   *
   * @param header finds a header field
   * @param said the body, or the conversation's token in its place
   */
  public boolean proved(Function<String, Optional<String>> header, byte[] said) {
    String random = header.apply("Talk-Recording-Random").orElse("");
    String checksum = header.apply("Talk-Recording-Checksum").orElse("");
    if (secret.isEmpty() || random.length() < SHORTEST_RANDOM) {
      return false;
    }
    String expected = Hmac.hex(secret, random.getBytes(StandardCharsets.UTF_8), said);
    return Hmac.same(expected, checksum.toLowerCase(Locale.ROOT));
  }

  /**
   * Hears that a recording started, stopped or failed, which announces nothing: the file comes by
   * itself. That the same comes twice does no harm, and refused, the recording server would give
   * its recording up.
   */
  @Override
  public Heard hear(Letter letter) throws Unheard {
    if (!proved(letter.header(), letter.body())) {
      throw new Unheard(403, "The request could not be authenticated.");
    }
    JsonNode type;
    try {
      type = Envelope.read(letter.body()).path("type");
    } catch (IllegalArgumentException e) {
      throw new Unheard(400, "The event cannot be read: " + e.getMessage() + ".");
    }
    if (!EVENTS.contains(type.asText())) {
      throw new Unheard(400, "An event of this type is not known.");
    }
    return Heard.nothing();
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode json = Envelope.read(envelope);
    String conversation = text(json, "conversation");
    String owner = text(json, "owner");
    String name = text(json, "fileName");
    return List.of(
        new Announcement(
            Members.id(conversation + "/" + name),
            Announcement.Kind.RECORDING,
            new Announcement.Occasion(null, owner + "/" + conversation, start(name), null),
            new Announcement.File(name, null, null, null, null, false),
            null));
  }

  /**
   * The same file under another id, for a second one of the same name: clocks that are set back
   * give the same name twice.
   *
   * @param random of the request that brought it
   */
  public static Announcement apart(Announcement file, String random) {
    return new Announcement(
        Members.id(file.sourceId() + " " + Sha256.hex(random).substring(0, 16)),
        file.kind(),
        file.occasion(),
        file.file(),
        file.asserted());
  }

  private static String text(JsonNode json, String member) {
    return Optional.ofNullable(json.path(member).textValue())
        .filter(it -> !it.isBlank())
        .orElseThrow(() -> new IllegalArgumentException("'" + member + "' is missing"));
  }

  /** In the source's zone, as with Jibri's names. */
  private @Nullable Long start(String name) {
    Matcher matcher = NAME.matcher(name);
    try {
      return matcher.matches()
          ? Ticks.of(LocalDateTime.parse(matcher.group(1), TIME).atZone(zone).toInstant())
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
