package dev.aftercall.dev.issuer;

import dev.aftercall.digest.Sha256;
import dev.aftercall.http.Answer;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The few pages a developer sees. Each is whole in itself, and its policy lets nothing run or load
 * but the style and script it was written with.
 */
final class Pages {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{display:grid;place-items:center;min-height:90vh;margin:0 1rem}
      main{width:min(26rem,100%)}h1{font-size:1.4rem;margin:0 0 .5rem}
      p{margin:.5rem 0}.note{opacity:.75;font-size:.875rem}
      button,input[type=text]{font:inherit;width:100%;box-sizing:border-box;padding:.6rem .8rem;\
      margin:.25rem 0;border:1px solid #8888;border-radius:.5rem;text-align:left}
      button{cursor:pointer;background:#8881}button:hover,button:focus-visible{background:#8883}
      button small{display:block;opacity:.75}
      """;

  private static final String SUBMIT = "document.forms[0].submit()";

  private Pages() {}

  /**
   * A page to choose a person on.
   *
   * @param title what is to be done
   * @param intro HTML
   * @param fields HTML inside the form, before the people
   * @param formTargets what the form may lead to, beside this server
   */
  static Answer people(
      String title, String intro, String fields, List<DevUser> people, String formTargets) {
    StringBuilder body = new StringBuilder(intro);
    body.append("<form method=\"post\">").append(fields);
    for (DevUser person : people) {
      body.append(
          "<button name=\"account\" value=\"%s\">%s<small>%s</small></button>"
              .formatted(person.oid(), escape(person.displayName()), escape(person.upn())));
    }
    body.append("<button name=\"account\" value=\"\">Cancel</button></form>");
    return page(200, title, body.toString(), "'self' " + formTargets, "");
  }

  /** A page that only tells. */
  static Answer message(int status, String title, String text) {
    return page(status, title, "<p>" + escape(text) + "</p>", "'none'", "");
  }

  /** A page that posts the fields on by itself: response_mode=form_post. */
  static Answer post(String redirect, String formTargets, Map<String, String> fields) {
    String form =
        "<form method=\"post\" action=\"%s\">%s<button>Continue</button></form><script>%s</script>"
            .formatted(escape(redirect), hidden(fields), SUBMIT);
    return page(200, "Signing in", form, formTargets, "script-src " + hash(SUBMIT) + ";");
  }

  /** Hidden fields. */
  static String hidden(Map<String, String> fields) {
    StringBuilder html = new StringBuilder();
    fields.forEach(
        (name, value) ->
            html.append(
                "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                    .formatted(escape(name), escape(value))));
    return html.toString();
  }

  /** Text as HTML, between tags and inside double or single quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static Answer page(
      int status, String title, String body, String formTargets, String scripts) {
    String html =
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8">\
        <meta name="viewport" content="width=device-width"><title>%s</title>\
        <style>%s</style></head><body><main><h1>%s</h1>%s\
        <p class="note">Aftercall's issuer of tokens for development. Nobody is asked for a \
        password here; production uses a real identity provider.</p></main></body></html>
        """
            .formatted(escape(title), STYLE, escape(title), body);
    // Chromium holds form-action against the redirect that answers a form, too: hence the targets.
    String policy =
        "default-src 'none';style-src %s;%sform-action %s;base-uri 'none';frame-ancestors 'none'"
            .formatted(hash(STYLE), scripts, formTargets.strip());
    return Answer.text(status, "text/html; charset=utf-8", html)
        .with("Content-Security-Policy", policy)
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cache-Control", "no-store");
  }

  private static String hash(String source) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(source)) + "'";
  }
}
