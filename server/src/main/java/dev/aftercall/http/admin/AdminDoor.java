package dev.aftercall.http.admin;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.gate.AdminAsk;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.gate.Refused;
import dev.aftercall.http.Answer;
import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Operation;
import dev.aftercall.http.PathTemplate;
import dev.aftercall.http.Refusals;
import dev.aftercall.http.Request;
import dev.aftercall.http.Route;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the routes that administrators use. Each asks the gate before its resource sees the
 * request, and tells it how it ended; nothing else makes such routes.
 */
public final class AdminDoor {
  private final AdminGate gate;
  private final SkipTokens skipTokens;

  /**
   * A door before that gate.
   *
   * @param secret signs the links to further pages
   */
  public AdminDoor(AdminGate gate, String secret) {
    this.gate = gate;
    this.skipTokens = new SkipTokens(secret);
  }

  /** Answers an administrator, once the gate has let them in. */
  @FunctionalInterface
  public interface Resource {
    /**
     * Answers.
     *
     * @throws GraphException for every refusal a client shall see
     * @throws ChangeRefused likewise, in the words of the domain
     */
    Answer answer(AdminRequest request) throws Exception;
  }

  /** A route that looks: {@code GET}, or a {@code POST} that changes nothing. */
  public Route look(String method, String path, Operation operation, Resource resource) {
    return route(method, path, AdminAccess.Action.READ, operation, resource);
  }

  /** A route that changes something. */
  public Route change(String method, String path, Operation operation, Resource resource) {
    return route(method, path, AdminAccess.Action.CHANGE, operation, resource);
  }

  /** A route that removes what may be the caller's own; its resource asks whose it is. */
  public Route remove(String method, String path, Operation operation, Resource resource) {
    return route(method, path, AdminAccess.Action.REMOVE, operation, resource);
  }

  /** A route to what was deleted and is held; for compliance readers alone. */
  public Route held(String path, Operation operation, Resource resource) {
    return route("GET", path, AdminAccess.Action.READ_HELD, operation, resource);
  }

  private Route route(
      String method,
      String path,
      AdminAccess.Action action,
      Operation operation,
      Resource resource) {
    return new Route(
        Set.of(method),
        PathTemplate.parse(path),
        Route.Admission.TOKEN,
        request -> answer(request, action, operation, resource),
        Optional.of(operation));
  }

  private Answer answer(
      Request request, AdminAccess.Action action, Operation operation, Resource resource)
      throws Exception {
    String target = request.method() + " " + request.target().path();
    AdminGate.Admitted admitted;
    try {
      admitted =
          gate.admit(
              new AdminAsk(request.trace().requestId(), request.requireCaller(), action, target));
    } catch (Refused e) {
      throw Refusals.error(e.denial());
    }
    int status = ErrorCode.INTERNAL.status();
    try {
      Answer answer =
          conditional(
              request,
              resource.answer(new AdminRequest(request, admitted.second(), operation, skipTokens)));
      status = answer.status();
      return answer;
    } catch (ChangeRefused e) {
      GraphException error = error(e);
      status = error.code().status();
      throw error;
    } catch (Refused e) {
      GraphException error = Refusals.error(e.denial());
      status = error.code().status();
      throw error;
    } catch (GraphException e) {
      status = e.code().status();
      throw e;
    } finally {
      admitted.report().over(status);
    }
  }

  /** 304 where the client has it already (RFC 9110, 13.1.2). */
  private static Answer conditional(Request request, Answer answer) {
    Optional<String> known = request.header("If-None-Match");
    String tag = answer.headers().get("ETag");
    if (known.isEmpty() || tag == null || !request.method().matches("GET|HEAD")) {
      return answer;
    }
    return EntityTags.listed(known.get(), tag) ? Answer.empty(304).with("ETag", tag) : answer;
  }

  /** What the domain refuses, on the wire. */
  static GraphException error(ChangeRefused refused) {
    ErrorCode code =
        switch (refused.reason()) {
          case INVALID -> ErrorCode.BAD_REQUEST;
          case NOT_FOUND -> ErrorCode.NOT_FOUND;
          case CONFLICT -> ErrorCode.CONFLICT;
          case STALE -> ErrorCode.PRECONDITION_FAILED;
          case PRECONDITION_REQUIRED -> ErrorCode.PRECONDITION_REQUIRED;
        };
    return new GraphException(
        code,
        refused.text(),
        Optional.of(new GraphException.Inner(word(refused.reason()), refused.remedy())),
        Map.of());
  }

  private static String word(ChangeRefused.Reason reason) {
    StringBuilder word = new StringBuilder();
    for (String part : reason.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
