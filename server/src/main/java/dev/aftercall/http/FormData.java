package dev.aftercall.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * A body of {@code multipart/form-data} (RFC 7578), part after part, while it comes: nothing of it
 * is held but one buffer.
 */
final class FormData {
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_PART_HEAD = 8 * 1024;

  private final InputStream body;
  private final MultipartInput input;
  private @Nullable InputStream current;

  /**
   * One part.
   *
   * @param fileName as the sender wrote it; to be read as a name, never as a path
   * @param bytes to be read before the next part is asked for; fails where the body ends too early
   */
  record Part(String name, Optional<String> fileName, InputStream bytes) {}

  private FormData(InputStream body, byte[] boundary) throws IOException {
    this.body = body;
    this.input =
        MultipartInput.builder()
            .setInputStream(body)
            .setBoundary(boundary)
            .setBufferSize(BUFFER)
            .setMaxPartHeaderSize(LONGEST_PART_HEAD)
            .get();
    this.input.setHeaderCharset(StandardCharsets.UTF_8);
  }

  /** The form that a request brings; empty where its body is something else. */
  static Optional<FormData> of(Request request) throws IOException {
    String type = request.header("Content-Type").orElse("");
    Optional<String> boundary =
        type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
            ? parameter(type, "boundary").filter(it -> !it.isEmpty() && it.length() <= 70)
            : Optional.empty();
    return boundary.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FormData(request.body(), boundary.get().getBytes(StandardCharsets.ISO_8859_1)));
  }

  /**
   * The next part; what was not read of the one before is passed over.
   *
   * @throws IOException where the body is no form, or ends too early
   */
  Optional<Part> next() throws IOException {
    boolean more;
    if (current == null) {
      more = input.skipPreamble();
    } else {
      current.close();
      more = input.readBoundary();
    }
    if (!more) {
      return Optional.empty();
    }
    Map<String, String> head = head(input.readHeaders());
    String disposition = head.getOrDefault("content-disposition", "");
    InputStream bytes = input.newInputStream();
    current = bytes;
    return Optional.of(
        new Part(
            parameter(disposition, "name").orElse(""), parameter(disposition, "filename"), bytes));
  }

  /** Reads on to the end, so that a sender who is still writing comes to read the answer. */
  void drain() throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }

  private static Map<String, String> head(String fields) {
    Map<String, String> head = new HashMap<>();
    for (String line : fields.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        head.putIfAbsent(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return head;
  }

  private static Optional<String> parameter(String field, String name) {
    ParameterParser parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return Optional.ofNullable(parser.parse(field, ';').get(name));
  }
}
