package dev.aftercall.fetch.web;

import dev.aftercall.fetch.FetchException;
import dev.aftercall.fetch.FetchException.Kind;
import dev.aftercall.outbound.CheckedDns;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** What went wrong, in words: what happened, why, what to do. */
final class Failures {
  private static final String AGAIN = " It is tried again.";

  private Failures() {}

  static FetchException notListed(String shown, String why) {
    return FetchException.lasting(
        Kind.FORBIDDEN_ADDRESS,
        shown
            + " is not fetched: "
            + why
            + ". If it is right, let the source reach it in its settings, then retry.");
  }

  static FetchException tooLarge(String named, long maximum) {
    return FetchException.lasting(
        Kind.TOO_LARGE,
        named
            + " has more than the "
            + maximum
            + " bytes that a recording may have; raise the largest size in the settings, then"
            + " retry.");
  }

  static FetchException notMedia(String named, String type) {
    return new FetchException(
        Kind.NOT_MEDIA,
        named
            + " answered with '"
            + printable(type)
            + "' instead of media. That is mostly a page to log in, because the credential is missing"
            + " or has ended; look at what the source sends.");
  }

  /** An answer that is neither the file nor a redirect. */
  static FetchException of(ClassicHttpResponse response, String named) {
    String said = named + " answered " + Answers.said(response);
    return switch (response.getCode()) {
      case 401, 403 ->
          new FetchException(
              Kind.REFUSED,
              said
                  + ": it does not let us. See that the source's credential is right and has not"
                  + " ended; an object store says so of a missing object too if its key may not"
                  + " list.");
      case 404 ->
          new FetchException(
              Kind.GONE,
              said + ": nothing is there. It is tried again, for it may yet be uploaded.");
      case 410 ->
          FetchException.lasting(
              Kind.GONE, said + ": it was removed. Hand the recording over anew if you have it.");
      case 408, 425, 429, 503 ->
          FetchException.busy(
              said + ": it asks for patience." + AGAIN, Answers.retryAfter(response));
      case 301, 302, 307, 308 ->
          new FetchException(
              Kind.BROKEN,
              said + " without saying where to; a bucket may lie in another region." + AGAIN);
      default -> new FetchException(Kind.BROKEN, said + ", which is no file." + AGAIN);
    };
  }

  /** No answer came. */
  static FetchException noAnswer(IOException cause, String named, String host, boolean late) {
    if (cause instanceof FetchException known) {
      return known;
    }
    if (cause instanceof CheckedDns.Forbidden) {
      return notListed(named, host + " leads to no public address");
    }
    String why =
        late
            ? "no answer came in time"
            : switch (cause) {
              case UnknownHostException _ -> "the name " + host + " is not known";
              case SSLException _ ->
                  "its certificate or TLS is not to be trusted ("
                      + printable(String.valueOf(cause.getMessage()))
                      + ")";
              case ConnectException _ -> host + " takes no connection";
              default -> "the connection broke (" + cause.getClass().getSimpleName() + ")";
            };
    return new FetchException(
        Kind.BROKEN, named + " could not be fetched: " + why + "." + AGAIN, cause);
  }

  private static String printable(String text) {
    String start = text.length() > 100 ? text.substring(0, 100) : text;
    return start.replaceAll("[^\\x20-\\x7e]", "");
  }
}
