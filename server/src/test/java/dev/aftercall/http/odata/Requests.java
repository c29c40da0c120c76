package dev.aftercall.http.odata;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aftercall.http.GraphException;
import dev.aftercall.http.Query;
import dev.aftercall.http.Request;
import dev.aftercall.http.Trace;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Requests with no server around them. */
final class Requests {
  private Requests() {}

  /** A request with that query. */
  static Request query(String version, String query) {
    return request(version, "", Query.parse(query));
  }

  /** A request with those arguments of a function, as a template catches them. */
  static Request call(String arguments, String query) {
    return request("v1.0", arguments, Query.parse(query));
  }

  private static Request request(String version, String arguments, Query query) {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("version", version);
    parameters.put(GetAllCall.ARGUMENTS, arguments);
    return new Request(
        "GET",
        new Request.Target("https://localhost", "/", query, parameters),
        name -> Optional.empty(),
        InputStream.nullInputStream(),
        0,
        new Trace("request", "client"),
        Optional.empty());
  }

  /** The text of the 400 that ends the call. */
  static String refusal(ThrowingCallable call) {
    return refused(call).text();
  }

  /** The 400 that ends the call. */
  static GraphException refused(ThrowingCallable call) {
    GraphException refused = catchThrowableOfType(GraphException.class, call);
    if (refused == null) {
      throw new AssertionError("It was not refused.");
    }
    if (refused.code().status() != 400) {
      throw new AssertionError(refused.code().toString());
    }
    return refused;
  }
}
