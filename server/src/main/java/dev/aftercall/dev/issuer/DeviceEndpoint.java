package dev.aftercall.dev.issuer;

import dev.aftercall.http.Answer;
import dev.aftercall.http.Request;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where a device begins its sign-in, and the page where a person types its code. */
final class DeviceEndpoint {
  private final Directory directory;
  private final ClientCheck clients;
  private final Resources resources;
  private final DeviceGrant devices;

  DeviceEndpoint(
      Directory directory, ClientCheck clients, Resources resources, DeviceGrant devices) {
    this.directory = directory;
    this.clients = clients;
    this.resources = resources;
    this.devices = devices;
  }

  /** {@code POST /{tenant}/oauth2/v2.0/devicecode}. */
  Answer begin(Request request, Generation generation) throws IOException {
    Form form = Form.read(request);
    DevApp app = clients.app(form.require("client_id"));
    Scopes scopes = resources.asked(new Exchange(request, form, generation));
    DeviceGrant.Begun begun = devices.begin(app, scopes);
    String page =
        request.target().base() + "/" + request.parameter("tenant") + "/oauth2/v2.0/deviceauth";
    boolean second = generation == Generation.V2;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user_code", begun.userCode());
    body.put("device_code", begun.deviceCode());
    body.put(second ? "verification_uri" : "verification_url", page);
    body.put("verification_uri_complete", page + "?user_code=" + begun.userCode());
    long life = DeviceGrant.LIFE.toSeconds();
    // Version 1 writes numbers as text.
    body.put("expires_in", second ? life : Long.toString(life));
    body.put("interval", second ? DeviceGrant.INTERVAL : Integer.toString(DeviceGrant.INTERVAL));
    body.put(
        "message",
        "To sign in, use a web browser to open the page %s and enter the code %s to authenticate."
            .formatted(page, begun.userCode()));
    return Json.answer(200, body);
  }

  /** The page. */
  Answer ask(Request request) {
    return page(request.target().query().first("user_code").orElse(""), "");
  }

  /** The page's form. */
  Answer decide(Request request) throws IOException {
    Form form = Form.read(request);
    String code = form.get("user_code").orElse("");
    Optional<DevApp> app = devices.waiting(code);
    Optional<DevUser> user = form.get("account").flatMap(directory::user);
    if (app.isEmpty() || !devices.decide(code, user)) {
      return page(code, "No device waits behind that code. Codes last a quarter of an hour.");
    }
    return user.map(
            person ->
                Pages.message(
                    200,
                    "Signed in",
                    "You have signed in to %s as %s. You may close this window."
                        .formatted(app.get().displayName(), person.displayName())))
        .orElseGet(() -> Pages.message(200, "Cancelled", "The device was told that you declined."));
  }

  private Answer page(String code, String complaint) {
    String fields =
        "<input type=\"text\" name=\"user_code\" value=\"%s\" aria-label=\"Code\" autocomplete=\"off\""
                .formatted(Pages.escape(code))
            + " autofocus required maxlength=\"20\"><p>Sign in as</p>";
    String intro =
        complaint.isEmpty()
            ? "<p>Enter the code that your device shows, and choose a person.</p>"
            : "<p><strong>" + Pages.escape(complaint) + "</strong></p>";
    return Pages.people("Sign in on your device", intro, fields, directory.users(), "");
  }
}
