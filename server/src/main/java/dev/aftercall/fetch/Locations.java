package dev.aftercall.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out what recorders mean by a location. LiveKit writes an address of the object where it
 * uploaded to, which nobody without keys can GET; others write {@code s3://}, a path, or a link.
 */
public final class Locations {
  private static final int LONGEST = 8_192;
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):/{1,3}(.*)");
  private static final Pattern MEMBER = Pattern.compile("tar:(.+?\\.tar)!/(.+)", Pattern.DOTALL);
  private static final Pattern HTTP =
      Pattern.compile("(?i)(https?)://([^/?#@\\s]+)(/[^?#]*)?(\\?[^#]*)?(#.*)?");

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html, and its old forms
  // with a dash in front of the region.
  private static final Pattern AWS =
      Pattern.compile(
          "(?:(?<bucket>[a-z0-9][a-z0-9._-]+)\\.)?s3(?:[.-][a-z0-9-]+)?(?:\\.[a-z0-9-]+)?"
              + "\\.amazonaws\\.com(?:\\.cn)?");
  // https://cloud.google.com/storage/docs/request-endpoints
  private static final Pattern GOOGLE =
      Pattern.compile(
          "(?:(?<bucket>[a-z0-9][a-z0-9._-]+)\\.)?storage\\.(?:googleapis|cloud\\.google)\\.com");

  private Locations() {}

  /** The same without a store of one's own. */
  public static Location of(String announced) {
    return of(announced, Optional.empty());
  }

  /**
   * What is meant by {@code announced}. An address with a query stays what it is: the query is what
   * authorizes. Azure's blobs stay addresses too, to be fetched with {@link Access.Web#query}.
   *
   * @param endpoint of the operator's own store, whose addresses are recognised besides
   * @throws IllegalArgumentException says why it is none of them
   */
  public static Location of(String announced, Optional<URI> endpoint) {
    if (announced.isBlank() || announced.length() > LONGEST || announced.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the location is empty, longer than " + LONGEST + " characters, or holds a zero byte");
    }
    Matcher member = MEMBER.matcher(announced);
    if (member.matches()) {
      return new Location.Member(member.group(1), member.group(2));
    }
    Matcher http = HTTP.matcher(announced);
    if (http.matches()) {
      return web(http, endpoint);
    }
    Matcher scheme = SCHEME.matcher(announced);
    if (!scheme.matches()) {
      return new Location.File(announced);
    }
    String rest = scheme.group(2);
    return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
      case "s3", "gs" -> object(rest);
      case "file" -> file(announced);
      case "http", "https" ->
          throw new IllegalArgumentException(
              "the location names no host, or a user; write https://host/path");
      default ->
          throw new IllegalArgumentException(
              "the location begins with '"
                  + scheme.group(1)
                  + ":'; known are https, http, s3, gs, file and plain paths");
    };
  }

  private static Location web(Matcher http, Optional<URI> endpoint) {
    String authority = http.group(2).toLowerCase(Locale.ROOT);
    String path = http.group(3) == null ? "/" : http.group(3);
    if (http.group(4) == null && path.length() > 1) {
      String behind = decoded(path.substring(1));
      Matcher aws = AWS.matcher(authority);
      Matcher google = GOOGLE.matcher(authority);
      String bucket = null;
      boolean inPath = false;
      if (aws.matches()) {
        bucket = aws.group("bucket");
        inPath = bucket == null;
      } else if (google.matches()) {
        bucket = google.group("bucket");
        inPath = bucket == null;
      } else if (endpoint.isPresent()) {
        String own = endpoint.get().getRawAuthority().toLowerCase(Locale.ROOT);
        inPath = authority.equals(own);
        if (authority.endsWith("." + own)) {
          bucket = authority.substring(0, authority.length() - own.length() - 1);
        }
      }
      if (bucket != null) {
        return new Location.Bucket(bucket, behind);
      }
      if (inPath && behind.indexOf('/') > 0 && !behind.endsWith("/")) {
        return object(behind);
      }
    }
    String query = http.group(4) == null ? "" : http.group(4);
    try {
      return new Location.Web(
          new URI(
              http.group(1).toLowerCase(Locale.ROOT)
                  + "://"
                  + authority
                  + escaped(path + query).replaceAll("%(?![0-9A-Fa-f]{2})", "%25")));
    } catch (URISyntaxException e) {
      // Its own message would repeat the query.
      throw new IllegalArgumentException(
          "the location is no URL: its host or path is not readable");
    }
  }

  private static Location object(String bucketAndKey) {
    int slash = bucketAndKey.indexOf('/');
    if (slash < 1 || slash == bucketAndKey.length() - 1) {
      throw new IllegalArgumentException(
          "the location names no object; it must read s3://bucket/key or gs://bucket/key");
    }
    return new Location.Bucket(bucketAndKey.substring(0, slash), bucketAndKey.substring(slash + 1));
  }

  /** {@code file:/path} and {@code file:///path}; of another host's files we have nothing. */
  private static Location file(String announced) {
    String rest = announced.substring("file:".length());
    if (rest.startsWith("//localhost/")) {
      rest = rest.substring("//localhost".length());
    } else if (rest.startsWith("///")) {
      rest = rest.substring(2);
    } else if (rest.startsWith("//")) {
      throw new IllegalArgumentException(
          "the location is a file on another host; use file:///path");
    }
    return new Location.File(decoded(rest));
  }

  /** LiveKit does not encode its keys, others do: what is no encoding is taken as it stands. */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer plain = ByteBuffer.allocate(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        plain.put(encoded[i]);
        continue;
      }
      int high = i + 2 < encoded.length ? Character.digit(encoded[i + 1], 16) : -1;
      int low = i + 2 < encoded.length ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return text;
      }
      plain.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }

  /** Escapes what a URL must not hold; a percent sign stays as it is. */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~!$&'()*+,;=:@/?%".indexOf(c) >= 0;
      escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return escaped.toString();
  }
}
