package dev.aftercall.http;

import dev.aftercall.arrival.Announcement;
import dev.aftercall.arrival.Arrivals;
import dev.aftercall.arrival.Message;
import dev.aftercall.arrival.Source;
import dev.aftercall.arrival.Withdrawals;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.digest.Hmac;
import dev.aftercall.intake.Intake.Progress;
import dev.aftercall.recorder.Connection;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.Heard;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.recorder.Unheard;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where recorders send what they have to say, each to the address of its source. Who they are is
 * proved before anything is read, by whatever their kind of recorder can.
 */
public final class RecorderMessages {
  private static final Logger LOG = LoggerFactory.getLogger(RecorderMessages.class);
  private static final int LARGEST = 1024 * 1024;

  private final Arrivals arrivals;
  private final Map<String, Connected> connected;
  private final Withdrawals withdrawals;
  private final InstantSource clock;

  /** A recorder that is connected. */
  public record Connected(Connection connection, Recorder recorder) {
    Source source() {
      return connection.source();
    }
  }

  /**
   * Listens for those.
   *
   * @param connected by the source's name
   */
  public RecorderMessages(
      Arrivals arrivals,
      Withdrawals withdrawals,
      Map<String, Connected> connected,
      InstantSource clock) {
    this.arrivals = arrivals;
    this.withdrawals = withdrawals;
    this.connected = Map.copyOf(connected);
    this.clock = clock;
  }

  /** The routes of all sources; none where no source is connected. */
  public List<Route> routes() {
    if (connected.isEmpty()) {
      return List.of();
    }
    String source = "/intake/v1/sources/{source}";
    Set<String> methods = Set.of("GET", "POST");
    return List.of(
        Route.of("POST", source + "/recordings", Route.Admission.SIGNED, this::open),
        new Route(methods, PathTemplate.parse(source), Route.Admission.SIGNED, this::hear),
        new Route(
            methods, PathTemplate.parse(source + "/{step}"), Route.Admission.SIGNED, this::hear));
  }

  private Connected find(Request request) {
    return Optional.ofNullable(connected.get(request.parameter("source")))
        .orElseThrow(
            () ->
                new GraphException(
                    ErrorCode.NOT_FOUND,
                    "There is no such source. The settings name sources: intake.source.<name>."));
  }

  private static byte[] body(Request request) throws IOException {
    return SmallBody.read(request, LARGEST, SmallBody.TIME, any -> {})
        .orElseThrow(
            () ->
                new GraphException(
                    ErrorCode.REQUEST_TOO_LARGE, "A message may have 1 MiB at most."));
  }

  private Answer hear(Request request) throws IOException {
    Connected to = find(request);
    byte[] body = body(request);
    try {
      Heard heard = to.recorder().hear(letter(request, body));
      heard.message().ifPresent(message -> take(to, message));
      for (String file : heard.withdrawn()) {
        withdrawals.withdraw(to.source(), file);
      }
      for (String file : heard.returned()) {
        withdrawals.giveBack(to.source(), file);
      }
      Heard.Reply reply = heard.reply();
      return Answer.of(reply.status(), reply.mediaType(), reply.body());
    } catch (Unheard e) {
      LOG.warn("Source {}: a message was not taken: {}", to.source().name(), e.text());
      throw refusal(e);
    } catch (ChangeRefused e) {
      // Recorders say again what was not answered with yes.
      throw new GraphException(ErrorCode.SERVICE_UNAVAILABLE, e.getMessage() + " " + e.remedy());
    }
  }

  private Letter letter(Request request, byte[] body) {
    return new Letter(
        request.method(),
        request.target().base() + request.target().path(),
        request.target().query().values(),
        request::header,
        body,
        clock.instant());
  }

  private void take(Connected to, Message message) {
    List<Announcement> files;
    try {
      files = to.recorder().read(message.envelope());
    } catch (IllegalArgumentException e) {
      LOG.warn("Source {}: a message is kept unread: {}", to.source().name(), e.getMessage());
      arrivals.unreadable(to.source(), message, String.valueOf(e.getMessage()));
      return;
    }
    arrivals.announce(to.source(), message, files);
  }

  private static GraphException refusal(Unheard e) {
    return switch (e.status()) {
      case 401 -> unproved(e.text());
      case 403 -> new GraphException(ErrorCode.FORBIDDEN, e.text());
      case 404 -> new GraphException(ErrorCode.NOT_FOUND, e.text());
      case 413 -> new GraphException(ErrorCode.REQUEST_TOO_LARGE, e.text());
      default -> new GraphException(ErrorCode.INVALID_REQUEST, e.text());
    };
  }

  /** Some, as Amazon SNS, send a password only once they were asked for it (RFC 9110, 11.6.1). */
  private static GraphException unproved(String text) {
    return new GraphException(
        ErrorCode.INVALID_AUTHENTICATION_TOKEN,
        text,
        Optional.empty(),
        Map.of("WWW-Authenticate", "Basic realm=\"recorders\", Bearer realm=\"recorders\""));
  }

  /** Opens an upload for a recorder that sends the bytes itself. */
  private Answer open(Request request) throws IOException {
    Connected to = find(request);
    prove(request, to);
    byte[] body = body(request);
    String envelope;
    Announcement file;
    try {
      envelope = to.recorder().envelope(Envelope.read(body));
      file =
          to.recorder().read(envelope).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("it announces no file"));
    } catch (IllegalArgumentException e) {
      throw new GraphException(
          ErrorCode.INVALID_REQUEST, "The announcement cannot be read: " + e.getMessage() + ".");
    }
    return UploadAnswers.of(
        () -> {
          Progress progress =
              arrivals.open(to.source(), new Message(envelope, Optional.empty()), file);
          return UploadAnswers.opened(request, progress);
        });
  }

  private static void prove(Request request, Connected to) {
    String secret = to.connection().secret().orElse("");
    String brought = request.header("Authorization").orElse("");
    if (secret.isEmpty() || !Hmac.same("Bearer " + secret, brought)) {
      throw new GraphException(
          ErrorCode.INVALID_AUTHENTICATION_TOKEN,
          "Send 'Authorization: Bearer' with the secret of the source.");
    }
  }
}
