package dev.aftercall.dev.issuer;

import dev.aftercall.http.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An authorization request whose application and return address are in order: from here on, every
 * outcome goes back to the application.
 *
 * @param text the redirect_uri letter by letter: the token request must repeat it
 */
record SignInRequest(Form form, DevApp app, URI redirect, String text) {
  /**
   * Reads a request.
   *
   * @throws OAuthException when it must not be answered by a redirect
   */
  static SignInRequest parse(Form form, ClientCheck clients) {
    DevApp app = clients.app(form.require("client_id"));
    String text = form.require("redirect_uri");
    return new SignInRequest(form, app, Redirects.check(text, app), text);
  }

  Optional<ProofKey> proofKey() {
    return form.get("code_challenge")
        .map(
            challenge ->
                ProofKey.parse(challenge, form.get("code_challenge_method").orElse("plain")));
  }

  boolean isSilent() {
    return form.get("prompt").filter("none"::equals).isPresent();
  }

  /** Sends the browser back with these words, in the way that was asked for. */
  Answer back(Map<String, String> words) {
    Map<String, String> fields = new LinkedHashMap<>(words);
    form.get("state").ifPresent(state -> fields.put("state", state));
    String mode = form.get("response_mode").orElse("query");
    if (mode.equals("form_post")) {
      return Pages.post(text, Redirects.policySource(redirect), fields);
    }
    String encoded =
        fields.entrySet().stream()
            .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
            .collect(Collectors.joining("&"));
    String joint = mode.equals("fragment") ? "#" : redirect.getRawQuery() == null ? "?" : "&";
    // Parsed as a URI, so it holds no line break that could end the header.
    return Answer.empty(302)
        .with("Location", redirect.toASCIIString() + joint + encoded)
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
