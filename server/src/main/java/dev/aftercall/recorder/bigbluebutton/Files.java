package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Announcement.Occasion;
import dev.aftercall.arrival.Enquiry;
import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.fetch.Location;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Urls;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files a recording has, and where. The format {@code video} is the whole meeting in one
 * film; without it there are the webcams with the sound, and what was shared of screens, apart.
 * Their names are BigBlueButton's, as its scripts and its nginx have them.
 */
final class Files implements Enquiry {
  private static final String SCHEME = "bigbluebutton:";
  private static final String VIDEO = "video";
  private static final String PRESENTATION = "presentation";
  private static final int LARGEST_ANSWER = 4 << 20;
  private static final List<String> VIDEOS = List.of("video-0.m4v", "video-0.mp4", "video-0.webm");
  private static final List<String> WEBCAMS =
      List.of("video/webcams.mp4", "video/webcams.m4v", "video/webcams.webm");
  private static final List<String> DESKSHARE =
      List.of("deskshare/deskshare.mp4", "deskshare/deskshare.m4v", "deskshare/deskshare.webm");

  private final Announcement asked;
  private final String id;
  private final Connection connection;
  private final Proofs proofs;

  private Files(Announcement asked, String id, Connection connection, Proofs proofs) {
    this.asked = asked;
    this.id = id;
    this.connection = connection;
    this.proofs = proofs;
  }

  /**
   * What a published format announces; nothing for formats without media of their own.
   *
   * @param format "" where it is not said
   */
  static Optional<Announcement> announced(Published published, String format) {
    return switch (format) {
      case VIDEO -> Optional.of(named(published, VIDEO));
      case PRESENTATION, "" -> Optional.of(named(published, PRESENTATION));
      default -> Optional.empty();
    };
  }

  private static Announcement named(Published published, String format) {
    return file(published.id() + "/" + format, published.occasion(), "", SCHEME + published.id());
  }

  private static Announcement file(
      String sourceId, Occasion occasion, String part, String location) {
    String room = occasion.room().isEmpty() ? "recording" : occasion.room();
    return new Announcement(
        sourceId,
        Announcement.Kind.RECORDING,
        occasion,
        new Announcement.File(
            room + part + location.replaceFirst(".*(\\.[a-z0-9]+)$|.*", "$1"),
            null,
            null,
            null,
            location,
            false),
        null);
  }

  /** Under which a recording's files can be announced. */
  static List<String> sourceIds(String id) {
    return List.of(id + "/" + VIDEO, id + "/" + PRESENTATION, id + "/deskshare");
  }

  /** Whether a file published under that name is one of those. */
  static boolean media(String name) {
    String[] steps = name.split("/", 3);
    return steps.length == 3
        && ((steps[0].equals(VIDEO) && VIDEOS.contains(steps[2]))
            || (steps[0].equals(PRESENTATION)
                && (WEBCAMS.contains(steps[2]) || DESKSHARE.contains(steps[2]))));
  }

  /** The files that an archive in a folder holds, as this would announce them from a server. */
  static List<Announcement> inArchive(Published published, JsonNode claim) {
    String id = published.id();
    Occasion occasion = published.occasion();
    Optional<String> video = member(claim, VIDEO + "/" + id + "/", VIDEOS);
    if (video.isPresent()) {
      return List.of(file(id + "/" + VIDEO, occasion, "", video.get()));
    }
    List<Announcement> files = new ArrayList<>();
    String folder = PRESENTATION + "/" + id + "/";
    member(claim, folder, WEBCAMS)
        .ifPresent(it -> files.add(file(id + "/" + PRESENTATION, occasion, " (webcams)", it)));
    member(claim, folder, DESKSHARE)
        .ifPresent(
            it ->
                files.add(
                    file(
                        id + (files.isEmpty() ? "/" + PRESENTATION : "/deskshare"),
                        occasion,
                        " (screen)",
                        it)));
    return files;
  }

  private static Optional<String> member(JsonNode claim, String folder, List<String> names) {
    for (String name : names) {
      for (JsonNode member : claim.path("media")) {
        if (member.path("name").asText().equals(folder + name)) {
          return Optional.of(
              new Location.Member(claim.path("location").asText(), folder + name).toString());
        }
      }
    }
    return Optional.empty();
  }

  /** What to ask of an announcement that does not say where its file lies. */
  static Optional<Enquiry> enquiry(Announcement file, Connection connection, Proofs proofs) {
    String location = file.file().location();
    return location == null || !location.startsWith(SCHEME)
        ? Optional.empty()
        : Optional.of(new Files(file, location.substring(SCHEME.length()), connection, proofs));
  }

  @Override
  public Answer ask(Asking asking) throws FetchException {
    Optional<Published> told =
        connection.url().isPresent() ? Optional.of(api(asking)) : Optional.empty();
    Occasion occasion = occasion(told);
    Optional<String> video = first(asking, "playback/video/", VIDEO + "/", VIDEOS);
    if (asked.sourceId().endsWith("/" + VIDEO)) {
      return Answer.of(
          file(asked.sourceId(), occasion, "", video.orElseThrow(this::gone)), List.of());
    }
    if (video.isPresent()) {
      return Answer.instead(
          List.of(file(id + "/" + VIDEO, occasion, "", video.get())),
          "Its format video is taken in place of webcams and screens: " + id + "/" + VIDEO + ".");
    }
    Optional<String> webcams = first(asking, "presentation/", PRESENTATION + "/", WEBCAMS);
    Optional<String> screens = first(asking, "presentation/", PRESENTATION + "/", DESKSHARE);
    if (webcams.isEmpty()) {
      return Answer.of(
          file(asked.sourceId(), occasion, " (screen)", screens.orElseThrow(this::gone)),
          List.of());
    }
    return Answer.of(
        file(asked.sourceId(), occasion, " (webcams)", webcams.get()),
        screens.stream().map(it -> file(id + "/deskshare", occasion, " (screen)", it)).toList());
  }

  private FetchException gone() {
    return new FetchException(
        Kind.GONE,
        "BigBlueButton has no media of the recording "
            + id
            + " where they are published. It is tried again; if that stays so, see 'url'"
            + " and 'folder' of the source.");
  }

  /** What is known by now; what was said when it was announced counts. */
  private Occasion occasion(Optional<Published> told) {
    Occasion said = asked.occasion();
    if (told.isEmpty()) {
      return said;
    }
    Occasion known = told.get().occasion();
    boolean named = !said.room().isEmpty() && said.start() != null;
    return new Occasion(
        said.meeting(),
        named || known.room().isEmpty() ? said.room() : known.room(),
        either(said.start(), known.start()),
        either(said.end(), known.end()));
  }

  private static @Nullable Long either(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : one;
  }

  /** The first of several names under which a file can be. */
  private Optional<String> first(Asking asking, String below, String folder, List<String> names)
      throws FetchException {
    for (String name : names) {
      if (connection.access().folder().isPresent()) {
        Location at = new Location.File(folder + id + "/" + name);
        if (asking.there(at)) {
          return Optional.of(at.toString());
        }
      } else {
        URI at = host().resolve("/" + below + id + "/" + name);
        if (asking.there(new Location.Web(at))) {
          return Optional.of(at.toString());
        }
      }
    }
    return Optional.empty();
  }

  private URI host() throws FetchException {
    return connection
        .url()
        .orElseThrow(
            () ->
                FetchException.lasting(
                    Kind.GONE,
                    "The source says neither 'folder' nor 'url', so its files lie nowhere. Set one"
                        + " of them, then retry."));
  }

  private Published api(Asking asking) throws FetchException {
    String base = Urls.base(host());
    String query = "recordID=" + id;
    URI url =
        URI.create(
            (base.endsWith("/api") ? base : base + "/api")
                + "/getRecordings?"
                + query
                + "&checksum="
                + proofs.apiChecksum("getRecordings", query));
    JsonNode answer;
    try {
      answer = Xml.read(asking.get(url, LARGEST_ANSWER));
    } catch (IllegalArgumentException e) {
      throw new FetchException(
          Kind.BROKEN,
          "BigBlueButton's answer cannot be read: "
              + e.getMessage()
              + ". See 'url' of the source; bbb-conf --secret shows it.",
          e);
    }
    if (!answer.path("returncode").asText().equals("SUCCESS")) {
      throw new FetchException(
          Kind.REFUSED,
          "BigBlueButton refuses to list the recording "
              + id
              + ": "
              + shown(answer.path("messageKey").asText())
              + ". The source needs the server's own secret (bbb-conf --secret).");
    }
    JsonNode listed = answer.at("/recordings/recording");
    for (JsonNode recording : listed instanceof ArrayNode list ? list : List.of(listed)) {
      if (recording.isObject() && recording.path("recordID").asText().equals(id)) {
        return Published.ofApi(recording);
      }
    }
    throw gone();
  }

  private static String shown(String key) {
    return key.replaceAll("[^A-Za-z0-9 _-]", "")
        .transform(it -> it.substring(0, Math.min(80, it.length())));
  }
}
