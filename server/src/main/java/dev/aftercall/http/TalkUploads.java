package dev.aftercall.http;

import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.ArrivalStore;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Source;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.digest.Sha256;
import dev.aftercall.http.RecorderMessages.Connected;
import dev.aftercall.intake.Intake.Fragment;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.NextcloudTalk;
import dev.aftercall.recorder.Unheard;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Nextcloud Talk's recording server sends, below the address of a source or at the root,
 * where Nextcloud has the same. A recording server deletes its file when it reads 200, and keeps
 * it, untried, after anything else: so 200 is said of what is kept or waits, and of nothing else.
 *
 * @see <a href="https://github.com/nextcloud/nextcloud-talk-recording">BackendNotifier and
 *     Service.stop</a>
 */
public final class TalkUploads {
  private static final Logger LOG = LoggerFactory.getLogger(TalkUploads.class);
  private static final String API = "/ocs/v2.php/apps/spreed/api/v1/recording/";
  private static final int LARGEST_EVENT = 64 * 1024;
  private static final int LONGEST_OWNER = 255;

  /** A request has no time in it, so that its random text must be known for as long as may be. */
  private static final long REMEMBERED = Ticks.of(Duration.ofDays(3_650));

  private final Arrivals arrivals;
  private final Map<String, Connected> talk;
  private final InstantSource clock;

  /** Takes what these sources send, as far as they are of this kind. */
  public TalkUploads(Arrivals arrivals, Map<String, Connected> connected, InstantSource clock) {
    this.arrivals = arrivals;
    this.talk =
        connected.values().stream()
            .filter(it -> it.recorder() instanceof NextcloudTalk)
            .collect(Collectors.toUnmodifiableMap(it -> it.source().name(), it -> it));
    this.clock = clock;
  }

  /** The routes; none where no such source is connected. */
  public List<Route> routes() {
    if (talk.isEmpty()) {
      return List.of();
    }
    return Stream.of("", "/intake/v1/sources/{source}")
        .map(root -> root + API)
        .flatMap(
            root ->
                Stream.of(
                    Route.of("POST", root + "backend", Route.Admission.SIGNED, this::event),
                    Route.of("POST", root + "{token}/store", Route.Admission.SIGNED, this::store),
                    Route.of(
                        "POST",
                        root + "{token}/request-upload",
                        Route.Admission.SIGNED,
                        this::inPieces)))
        .toList();
  }

  /** A source, and who it speaks as. */
  private record Sender(Source source, NextcloudTalk talk) {}

  /**
   * Who sent this: the source in the path, or at the root the one whose secret it is. Where two
   * have the same, it cannot be told.
   */
  private Optional<Sender> sender(Request request, byte[] said) {
    String named = request.target().parameters().get("source");
    List<Sender> proved =
        talk.values().stream()
            .filter(it -> named == null || it.source().name().equals(named))
            .map(it -> new Sender(it.source(), (NextcloudTalk) it.recorder()))
            .filter(it -> it.talk().proved(request::header, said))
            .toList();
    if (proved.size() > 1) {
      LOG.warn(
          "Several sources of Nextcloud Talk have this secret; send to"
              + " /intake/v1/sources/<name>/ocs/… or give each its own.");
    }
    return proved.size() == 1 ? Optional.of(proved.getFirst()) : Optional.empty();
  }

  private static Answer stranger(int status) {
    LOG.warn("A request of Nextcloud Talk was not taken: checksum, secret or source do not fit");
    return OcsAnswer.failed(status, "invalid_request", "The request could not be authenticated.");
  }

  /** Since there are files too large for Nextcloud: asked first, and sent whole after 404. */
  private Answer inPieces(Request request) {
    return sender(request, token(request)).isEmpty()
        ? stranger(401)
        : OcsAnswer.refused(404, "upload", "Send the file whole; here it may have any size.");
  }

  private Answer event(Request request) throws IOException {
    Optional<byte[]> body = SmallBody.read(request, LARGEST_EVENT, SmallBody.TIME, any -> {});
    if (body.isEmpty()) {
      return OcsAnswer.failed(400, "invalid_request", "The event is too large.");
    }
    Optional<Sender> sender = sender(request, body.get());
    if (sender.isEmpty()) {
      return stranger(403);
    }
    try {
      sender
          .get()
          .talk()
          .hear(
              new Letter(
                  request.method(),
                  request.target().base() + request.target().path(),
                  request.target().query().values(),
                  request::header,
                  body.get(),
                  clock.instant()));
      return OcsAnswer.ok();
    } catch (Unheard e) {
      return OcsAnswer.failed(
          e.status(), e.status() == 400 ? "unknown_type" : "invalid_request", e.text());
    }
  }

  private static byte[] token(Request request) {
    return request.parameter("token").getBytes(StandardCharsets.UTF_8);
  }

  private Answer store(Request request) throws IOException {
    Optional<Sender> sender = sender(request, token(request));
    if (sender.isEmpty()) {
      return stranger(401);
    }
    Optional<FormData> form = FormData.of(request);
    if (form.isEmpty()) {
      return OcsAnswer.refused(400, "invalid_file", "Send owner and file as multipart/form-data.");
    }
    try {
      return store(request, sender.get(), form.get());
    } catch (Pipeline.ClientGone e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("Source {}: {}", sender.get().source().name(), String.valueOf(e.getMessage()));
      return OcsAnswer.refused(400, "invalid_file", "The form ends too early, or is none.");
    }
  }

  private Answer store(Request request, Sender sender, FormData form) throws IOException {
    String owner = "";
    for (Optional<FormData.Part> part = form.next(); part.isPresent(); part = form.next()) {
      switch (part.get().name()) {
        case "owner" ->
            owner =
                new String(
                    part.get().bytes().readNBytes(LONGEST_OWNER + 1), StandardCharsets.UTF_8);
        case "file" -> {
          return store(request, sender, form, owner.strip(), part.get());
        }
        default -> {
          // Of later versions; not ours.
        }
      }
    }
    return OcsAnswer.refused(400, "invalid_file", "There is no part 'file'.");
  }

  private Answer store(
      Request request, Sender sender, FormData form, String owner, FormData.Part part)
      throws IOException {
    String name = name(part.fileName().orElse(""));
    if (owner.isEmpty() || owner.length() > LONGEST_OWNER) {
      return OcsAnswer.refused(400, "owner_invalid", "The part 'owner' must come before 'file'.");
    }
    if (name.isEmpty()) {
      return OcsAnswer.refused(400, "file_name", "The part 'file' has no name.");
    }
    NextcloudTalk.File file =
        new NextcloudTalk.File(
            request.parameter("token"),
            owner,
            name,
            request.header("Talk-Recording-Random").orElseThrow());
    Optional<Meant> meant = meant(sender, file);
    if (meant.isEmpty()) {
      LOG.warn("Source {}: a request came again with another file", sender.source().name());
      return stranger(401);
    }
    return take(sender, file, meant.get(), form, part);
  }

  private Answer take(
      Sender sender, NextcloudTalk.File file, Meant meant, FormData form, FormData.Part part)
      throws IOException {
    try {
      Progress progress = arrivals.open(sender.source(), file.message(), meant.file());
      Progress taken =
          arrivals.append(
              progress.uploadId(),
              progress.secret().orElseThrow(),
              new Fragment(0, Long.MAX_VALUE, Optional.empty(), part.bytes()));
      form.drain();
      Optional<Arrival> anew = arrivals.store().byUpload(progress.uploadId());
      if (meant.before().isPresent() && anew.isPresent()) {
        arrivals.abandon(meant.before().get(), anew.get());
      }
      return acknowledged(taken);
    } catch (IntakeException e) {
      if (e.kind() == IntakeException.Kind.UNPLAYABLE
          || e.kind() == IntakeException.Kind.MISMATCH) {
        form.drain();
      }
      return refusal(e);
    } catch (ChangeRefused e) {
      return OcsAnswer.refused(503, "busy", "Another request sends the same file.");
    }
  }

  /** Whatever the sender's system takes for a path, its last part is the name. */
  private static String name(String sent) {
    return sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1).strip();
  }

  /**
   * What a file is known as.
   *
   * @param before another of the same name
   */
  private record Meant(Announcement file, Optional<Arrival> before) {}

  /**
   * What the file is known as; empty where the random text was used for another. A recording server
   * that tries again sends the same text with the same file, and goes on with what it began; the
   * same name with another text may be another file.
   */
  private Optional<Meant> meant(Sender sender, NextcloudTalk.File file) {
    Announcement said = sender.talk().read(file.message().envelope()).getFirst();
    Optional<Arrival> other =
        arrivals
            .store()
            .bySource(sender.source().tenant(), sender.source().name(), said.sourceId())
            .filter(it -> !same(it, file));
    Meant meant =
        new Meant(other.isEmpty() ? said : NextcloudTalk.apart(said, file.random()), other);
    return mayCome(sender.source(), file, meant) ? Optional.of(meant) : Optional.empty();
  }

  /** Written down before anything of the file is, so that a try that died may be made again. */
  private boolean mayCome(Source source, NextcloudTalk.File file, Meant meant) {
    ArrivalStore store = arrivals.store();
    long until = Ticks.of(clock.instant()) + REMEMBERED;
    String use = Sha256.hex(file.random() + "\n" + meant.file().sourceId());
    boolean again = store.seen(source.name(), use);
    if (!again && store.seen(source.name(), file.random())) {
      return false;
    }
    boolean _ = store.first(source.name(), use, until);
    return store.first(source.name(), file.random(), until) || again;
  }

  private static boolean same(Arrival arrival, NextcloudTalk.File file) {
    return NextcloudTalk.File.random(arrival.envelope()).equals(file.random());
  }

  private static Answer acknowledged(Progress progress) {
    return switch (progress.state()) {
      case READY, WAITING -> OcsAnswer.ok();
      case CANCELLED ->
          OcsAnswer.refused(400, "rejected", "A rule of the archive rejects this recording.");
      case RECEIVING, KEEPING, QUARANTINED ->
          OcsAnswer.refused(503, "busy", "The file is being kept. Send it again.");
    };
  }

  private static Answer refusal(IntakeException e) {
    return switch (e.kind()) {
      case TOO_LARGE -> OcsAnswer.refused(400, "size", e.text());
      case UNPLAYABLE, MISMATCH, INVALID -> OcsAnswer.refused(400, "invalid_file", e.text());
      case STORAGE_FULL -> OcsAnswer.refused(507, "quota", e.text());
      case UNKNOWN, CONFLICT, OUT_OF_TURN -> OcsAnswer.refused(503, "busy", e.text());
    };
  }
}
