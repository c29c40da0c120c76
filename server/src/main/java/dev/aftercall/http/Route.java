package dev.aftercall.http;

import java.util.Optional;
import java.util.Set;

/**
 * One endpoint: who may come near it, by which path and methods, and what answers.
 *
 * @param methods upper case; HEAD comes with GET and need not be named
 * @param path the template, see {@link PathTemplate}
 * @param admission what a request must bring before the handler runs
 * @param handler answers
 * @param operation what it does, where no Graph type says it
 */
public record Route(
    Set<String> methods,
    PathTemplate path,
    Admission admission,
    Handler handler,
    Optional<Operation> operation) {
  /** A route that Graph's own types describe. */
  public Route(Set<String> methods, PathTemplate path, Admission admission, Handler handler) {
    this(methods, path, admission, handler, Optional.empty());
  }

  /** Checks that nothing is left undeclared. */
  public Route {
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("Route " + path + " declares no method.");
    }
    methods = Set.copyOf(methods);
  }

  /** What a request must bring before a handler sees it. */
  public enum Admission {
    /** Nothing: health, discovery, the development issuer. */
    PUBLIC,
    /** A valid token; the gate decides the rest. */
    TOKEN,
    /**
     * A valid token for the whole, while each request within is throttled and decided by itself.
     */
    TOKEN_OF_EACH_PART,
    /** A secret inside the URL itself, checked by the handler in constant time. */
    CAPABILITY,
    /** Proof in the message itself, by the words of who sends it; checked by the handler first. */
    SIGNED
  }

  /** Answers one request by blocking code on a virtual thread. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers.
     *
     * @throws GraphException for every refusal a client shall see
     * @throws Exception for everything else, which becomes a 500 and a line in the log
     */
    Answer handle(Request request) throws Exception;
  }

  /** A route for one method. */
  public static Route of(String method, String path, Admission admission, Handler handler) {
    return new Route(Set.of(method), PathTemplate.parse(path), admission, handler);
  }
}
