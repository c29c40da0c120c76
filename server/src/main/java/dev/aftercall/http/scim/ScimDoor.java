package dev.aftercall.http.scim;

import dev.aftercall.access.AdminAccess;
import dev.aftercall.gate.AdminAsk;
import dev.aftercall.gate.AdminGate;
import dev.aftercall.gate.Refused;
import dev.aftercall.http.Answer;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Operation;
import dev.aftercall.http.PathTemplate;
import dev.aftercall.http.Request;
import dev.aftercall.http.Route;
import dev.aftercall.identity.AuthenticationException;
import dev.aftercall.identity.Caller;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimTokens;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the routes that a directory's provisioning drives. A caller brings a provisioning token, or
 * a token that may rule the tenant; either goes by the administrators' gate, which journals.
 */
public final class ScimDoor {
  private static final String BEARER = "Bearer ";

  private final AdminGate gate;
  private final ScimTokens tokens;
  private final Identity identity;

  /** Finds out who calls by an issuer's token. */
  @FunctionalInterface
  public interface Identity {
    /** Who the Authorization field names. */
    Caller authenticate(Optional<String> authorization) throws AuthenticationException;
  }

  /** Answers a directory, once the gate has let it in. */
  @FunctionalInterface
  interface Resource {
    Answer answer(ScimRequest request) throws Exception;
  }

  /** A door before that gate. */
  public ScimDoor(AdminGate gate, ScimTokens tokens, Identity identity) {
    this.gate = gate;
    this.tokens = tokens;
    this.identity = identity;
  }

  Route route(String method, String path, Operation operation, Resource resource) {
    return new Route(
        Set.of(method),
        PathTemplate.parse("/scim/v2" + path),
        Route.Admission.CAPABILITY,
        request -> answer(request, resource),
        Optional.of(operation.in(Operation.Dialect.SCIM)));
  }

  private record Known(Caller caller, Optional<String> issuer) {}

  private Answer answer(Request request, Resource resource) throws Exception {
    try {
      Known known = known(request.header("Authorization"));
      AdminAccess.Action action =
          request.method().matches("GET|HEAD")
              ? AdminAccess.Action.READ
              : AdminAccess.Action.CHANGE;
      AdminGate.Admitted admitted =
          gate.admit(
              new AdminAsk(
                  request.trace().requestId(),
                  known.caller(),
                  action,
                  request.method() + " " + request.target().path()));
      int status = 500;
      try {
        Answer answer =
            answer(new ScimRequest(request, known.caller().tenant(), known.issuer()), resource);
        status = answer.status();
        return answer;
      } finally {
        admitted.report().over(status);
      }
    } catch (AuthenticationException e) {
      int status =
          switch (e.kind()) {
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case UNAVAILABLE -> 503;
          };
      return ScimAnswers.error(status, "", e.text() + " " + e.remedy())
          .with("WWW-Authenticate", "Bearer realm=\"scim\"");
    } catch (Refused e) {
      return ScimAnswers.error(403, "", e.denial().message() + " " + e.denial().remedy());
    }
  }

  private static Answer answer(ScimRequest request, Resource resource) throws Exception {
    try {
      return resource.answer(request);
    } catch (ScimException e) {
      return ScimAnswers.error(e);
    } catch (GraphException e) {
      // What reading a body found wrong.
      String type = e.code().status() == 400 ? "invalidSyntax" : "";
      return ScimAnswers.error(e.code().status(), type, e.text());
    }
  }

  private Known known(Optional<String> authorization) throws AuthenticationException {
    Optional<ScimTokens.Token> token =
        authorization
            .filter(field -> field.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .flatMap(field -> tokens.verify(field.substring(BEARER.length()).strip()));
    if (token.isPresent()) {
      return new Known(
          new Caller.Application(
              token.get().tenant(),
              "scim:" + token.get().id(),
              token.get().name(),
              Set.of(AdminAccess.MANAGE)),
          token.get().issuer());
    }
    return new Known(identity.authenticate(authorization), Optional.empty());
  }
}
