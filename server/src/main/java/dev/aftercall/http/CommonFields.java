package dev.aftercall.http;

import static io.vertx.core.http.HttpHeaders.createOptimized;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;

/** The header fields of every answer, errors included; encoded once where they never change. */
final class CommonFields {
  private static final CharSequence REQUEST_ID = createOptimized("request-id");
  private static final CharSequence CLIENT_REQUEST_ID = createOptimized("client-request-id");
  private static final CharSequence DIAGNOSTIC = createOptimized("x-ms-ags-diagnostic");
  private static final CharSequence DATE = createOptimized("Date");
  private static final CharSequence VARY = createOptimized("Vary");
  private static final CharSequence ACCEPT_ENCODING = createOptimized("Accept-Encoding");
  private static final CharSequence SERVER_INFO =
      createOptimized(
          "{\"ServerInfo\":{\"DataCenter\":\"Aftercall\",\"Slice\":\"E\",\"Ring\":\"0\","
              + "\"ScaleUnit\":\"000\",\"RoleInstance\":\"aftercall\"}}");

  private final HttpDate date;

  CommonFields(InstantSource clock) {
    this.date = new HttpDate(clock);
  }

  void set(HttpServerRequest request, Trace trace) {
    // The map itself: the response's own putHeader takes the connection's lock each time.
    MultiMap fields = request.response().headers();
    fields
        .set(REQUEST_ID, trace.requestId())
        .set(CLIENT_REQUEST_ID, trace.clientRequestId())
        .set(DIAGNOSTIC, SERVER_INFO)
        .set(DATE, date.now())
        .set(VARY, ACCEPT_ENCODING);
    // Not for localhost: a browser would then refuse plain http to every server on the machine.
    if (request.isSSL() && !localhost(request)) {
      fields.set("Strict-Transport-Security", "max-age=31536000");
    }
  }

  private static boolean localhost(HttpServerRequest request) {
    return request.authority() == null || "localhost".equals(request.authority().host());
  }
}
