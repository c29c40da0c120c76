package dev.aftercall.dev.issuer;

import dev.aftercall.http.Answer;
import dev.aftercall.http.Request;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lets pages of this machine, and of addresses that demo applications registered, read the issuer's
 * answers. Not every page: the demo secrets are no secret, and with them any website a developer
 * visits could take tokens of the server on that developer's machine.
 */
final class Cors {
  private static final Pattern FIELDS = Pattern.compile("[A-Za-z0-9, -]{0,1024}");

  private final Set<String> registered;

  Cors(Directory directory) {
    this.registered =
        directory.apps().stream()
            .flatMap(app -> app.redirectUris().stream())
            .flatMap(text -> Loopback.uri(text).stream())
            .filter(Loopback::isWeb)
            .map(Loopback::origin)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** The answer, readable for the page that asked, if it may. */
  Answer allow(Request request, Answer answer) {
    Answer varied = answer.with("Vary", "Origin");
    return request
        .header("Origin")
        .filter(this::mayRead)
        .map(origin -> varied.with("Access-Control-Allow-Origin", origin))
        .orElse(varied);
  }

  /** Answers a browser's question whether it may send what a page wants sent. */
  Answer preflight(Request request) {
    String fields =
        request
            .header("Access-Control-Request-Headers")
            .filter(asked -> FIELDS.matcher(asked).matches())
            .orElse("content-type");
    return allow(
        request,
        Answer.empty(204)
            .with("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
            .with("Access-Control-Allow-Headers", fields)
            .with("Access-Control-Max-Age", "600"));
  }

  private boolean mayRead(String origin) {
    return registered.contains(origin)
        || Loopback.uri(origin)
            .filter(Loopback::isWeb)
            .filter(uri -> Loopback.isLoopback(uri.getHost()))
            .filter(uri -> uri.getRawPath().isEmpty())
            .isPresent();
  }
}
