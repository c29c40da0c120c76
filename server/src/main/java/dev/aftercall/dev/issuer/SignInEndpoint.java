package dev.aftercall.dev.issuer;

import dev.aftercall.http.Answer;
import dev.aftercall.http.Request;
import dev.aftercall.time.Ids;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /{tenant}/oauth2/v2.0/authorize}: the developer picks a person, the browser returns to the
 * application with a code.
 */
final class SignInEndpoint {
  private final Directory directory;
  private final ClientCheck clients;
  private final Resources resources;
  private final CodeGrant codes;
  private final Ids ids;

  SignInEndpoint(
      Directory directory, ClientCheck clients, Resources resources, CodeGrant codes, Ids ids) {
    this.directory = directory;
    this.clients = clients;
    this.resources = resources;
    this.codes = codes;
    this.ids = ids;
  }

  /** Asks, or answers at once when {@code prompt=none} and the person is known. */
  Answer begin(Request request, Generation generation) {
    return guarded(
        () -> {
          SignInRequest asked = SignInRequest.parse(Form.of(request.target().query()), clients);
          return answered(asked, () -> ask(request, asked, generation));
        });
  }

  /**
   * The form of our page when it names an account, and otherwise an authorization request by POST,
   * which OpenID Connect allows.
   */
  Answer submit(Request request, Generation generation) throws IOException {
    Form form = Form.read(request);
    return guarded(
        () -> {
          SignInRequest asked = SignInRequest.parse(form, clients);
          return answered(
              asked,
              () ->
                  form.fields().values().containsKey("account")
                      ? choose(request, asked, generation)
                      : ask(request, asked, generation));
        });
  }

  private Answer ask(Request request, SignInRequest asked, Generation generation) {
    check(request, asked, generation);
    Optional<DevUser> hinted = asked.form().get("login_hint").flatMap(directory::user);
    if (asked.isSilent()) {
      DevUser user =
          hinted.orElseThrow(
              () ->
                  new OAuthException(
                      OAuthError.SIGN_IN_NEEDED,
                      "A silent sign-in request was sent but no user is signed in. Name one by"
                          + " login_hint."));
      return signIn(request, asked, user, generation);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    asked.form().fields().values().forEach((name, values) -> fields.put(name, values.getFirst()));
    List<DevUser> people =
        directory.users().stream()
            .sorted(Comparator.comparing(user -> !hinted.equals(Optional.of(user))))
            .toList();
    String intro =
        "<p>Continue to <strong>%s</strong> as</p>"
            .formatted(Pages.escape(asked.app().displayName()));
    return Pages.people(
        "Choose a person",
        intro,
        Pages.hidden(fields),
        people,
        Redirects.policySource(asked.redirect()));
  }

  private Answer choose(Request request, SignInRequest asked, Generation generation) {
    check(request, asked, generation);
    Optional<String> account = asked.form().get("account");
    if (account.isEmpty()) {
      throw new OAuthException(OAuthError.DECLINED, "User declined to consent to access the app.");
    }
    DevUser user = PasswordGrant.person(directory, account.get());
    return signIn(request, asked, user, generation);
  }

  /** What is wrong with the rest of the request, before anybody is asked. */
  private void check(Request request, SignInRequest asked, Generation generation) {
    String type = asked.form().get("response_type").orElse("code");
    if (!type.equals("code")) {
      throw new OAuthException(
          OAuthError.UNSUPPORTED_RESPONSE,
          "response_type '" + type + "' is not enabled for the application; use code with PKCE.");
    }
    scopes(request, asked, generation);
    asked.proofKey();
  }

  private Scopes scopes(Request request, SignInRequest asked, Generation generation) {
    return resources.asked(new Exchange(request, asked.form(), generation));
  }

  private Answer signIn(Request request, SignInRequest asked, DevUser user, Generation generation) {
    String code =
        codes.issue(
            new CodeGrant.SignIn(
                asked.app(),
                user,
                scopes(request, asked, generation),
                asked.text(),
                asked.form().get("nonce"),
                asked.proofKey()));
    Map<String, String> words = new LinkedHashMap<>();
    words.put("code", code);
    if (asked.form().get("client_info").isPresent()) {
      words.put("client_info", TokenEndpoint.clientInfo(user, directory.tenant()));
    }
    words.put("session_state", ids.guid().toString());
    return asked.back(words);
  }

  /** Refusals that the application may hear go back to it: RFC 6749, section 4.1.2.1. */
  private static Answer answered(SignInRequest asked, Step step) {
    try {
      return step.take();
    } catch (OAuthException e) {
      Map<String, String> words = new LinkedHashMap<>();
      words.put("error", e.error().word());
      words.put("error_description", e.description());
      return asked.back(words);
    }
  }

  /** Refusals before it is known that the return address is the application's are shown. */
  private static Answer guarded(Step step) {
    try {
      return step.take();
    } catch (OAuthException e) {
      return Pages.message(
          e.error().status(), "Sorry, this cannot be signed in to", e.description());
    }
  }

  @FunctionalInterface
  private interface Step {
    Answer take();
  }
}
