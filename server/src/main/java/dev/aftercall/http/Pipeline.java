package dev.aftercall.http;

import dev.aftercall.identity.AuthenticationException;
import dev.aftercall.identity.Caller;
import dev.aftercall.journal.JournalUnavailable;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.metrics.RequestCounter;
import dev.aftercall.throttle.Throttle;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request, top to bottom: take the path apart, find the route, find out who calls,
 * count it against the caller's limits, check the method, let the route answer, render what went
 * wrong.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Router router;
  private final Identity identity;
  private final Throttle throttle;
  private final Challenge challenge;
  private final ErrorRenderer errors;
  private final RequestCounter requests;

  /** Finds out who calls. */
  @FunctionalInterface
  interface Identity {
    /** Who the Authorization field names. */
    Caller authenticate(Optional<String> authorization) throws AuthenticationException;
  }

  Pipeline(
      Router router,
      Identity identity,
      Throttle throttle,
      Challenge challenge,
      ErrorRenderer errors,
      RequestCounter requests) {
    this.router = router;
    this.identity = identity;
    this.throttle = throttle;
    this.challenge = challenge;
    this.errors = errors;
    this.requests = requests;
  }

  /** Which route a request came to. */
  private static final class Way {
    private String route = "";
  }

  /** Answers, whatever happens. */
  Answer answer(Request request) {
    Way way = new Way();
    Answer answer = answer(request, way);
    requests.count(way.route, answer.status());
    return answer;
  }

  private Answer answer(Request request, Way way) {
    try {
      return route(request, way);
    } catch (GraphException e) {
      return errors.render(e, request.trace());
    } catch (AuthenticationException e) {
      return errors.render(challenge.toError(e, request.target().base()), request.trace());
    } catch (JournalUnavailable e) {
      // The journal has logged why, and how often.
      return errors.render(unavailable(), request.trace());
    } catch (ClientGone e) {
      LOG.debug("{} the client left: {}", request.trace().requestId(), e.getMessage());
      return Answer.empty(400);
    } catch (Exception e) {
      LOG.error(
          "{} {} {} failed",
          request.trace().requestId(),
          request.method(),
          request.target().path(),
          e);
      return errors.render(internal(), request.trace());
    }
  }

  private Answer route(Request request, Way way) throws Exception {
    List<String> segments = GraphPath.segments(request.target().path());
    Optional<Answer> preflight =
        Router.graph(segments) ? Cors.preflight(request) : Optional.empty();
    if (preflight.isPresent()) {
      return preflight.get();
    }
    return switch (router.match(request.method(), segments)) {
      case Router.Found found -> {
        way.route = found.route().path().toString();
        yield answer(request, segments, found);
      }
      case Router.Unknown unknown -> {
        if (Router.graph(segments)) {
          throttled(
              request, identity.authenticate(request.header("Authorization")), Optional::empty);
        }
        throw unknown(unknown.segment());
      }
    };
  }

  private Answer answer(Request request, List<String> segments, Router.Found found)
      throws Exception {
    Optional<Caller> caller =
        switch (found.route().admission()) {
          case TOKEN, TOKEN_OF_EACH_PART ->
              Optional.of(identity.authenticate(request.header("Authorization")));
          case PUBLIC, CAPABILITY, SIGNED -> Optional.empty();
        };
    // The intake is not Graph's, and a recorder that is told to wait might lose what it has.
    if (found.route().admission() == Route.Admission.TOKEN && Router.graph(segments)) {
      throttled(request, caller.orElseThrow(), () -> chat(found.parameters()));
    }
    if (!found.allowed()) {
      throw new GraphException(
          ErrorCode.METHOD_NOT_ALLOWED,
          "Specified HTTP method is not allowed for the request target.",
          Optional.empty(),
          Map.of("Allow", found.allow()));
    }
    return found.route().handler().handle(request.routed(found.parameters(), caller));
  }

  /** The chat of the meeting or call in the path. */
  private static Optional<String> chat(Map<String, String> parameters) {
    return Optional.ofNullable(parameters.get("meetingId"))
        .flatMap(MeetingId::parse)
        .map(MeetingId::threadId)
        .or(() -> Optional.ofNullable(parameters.get("callId")));
  }

  private void throttled(Request request, Caller caller, Supplier<Optional<String>> chat) {
    Duration wait = throttle.count(caller, request.method(), chat);
    if (wait.isPositive()) {
      // To the letter as Graph has it; clients wait as long as Retry-After says.
      throw new GraphException(
          ErrorCode.TOO_MANY_REQUESTS,
          "Please retry again later.",
          Optional.of(new GraphException.Inner("429", "Please retry after")),
          Map.of("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds())));
    }
  }

  private static GraphException unknown(String segment) {
    return segment.isEmpty()
        ? new GraphException(
            ErrorCode.NOT_FOUND, "Requested API is not supported. Please check the path.")
        : new GraphException(
            ErrorCode.BAD_REQUEST, "Resource not found for the segment '" + segment + "'.");
  }

  private static GraphException unavailable() {
    return new GraphException(
        ErrorCode.SERVICE_UNAVAILABLE,
        "The server cannot write its journal, and gives nothing out that it cannot take down."
            + " Its log says why. Try again.",
        Optional.empty(),
        Map.of("Retry-After", "5"));
  }

  static GraphException internal() {
    return new GraphException(
        ErrorCode.INTERNAL,
        "The server failed to answer. Its log has the cause under this request-id.");
  }

  /** The client went away while its body was read; there is nobody to answer. */
  static final class ClientGone extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGone(String message) {
      super(message);
    }
  }
}
