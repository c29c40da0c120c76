package dev.aftercall.http;

import dev.aftercall.transcript.Rendition;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which form a transcript's content is asked for. {@code $format} wins over Accept; clients that
 * send what every SDK sends for a stream, or JSON, get WebVTT.
 */
enum TranscriptForm {
  /** The file with its speakers. */
  WEBVTT,
  /** Without anybody's name. */
  UNATTRIBUTED;

  private static final String VTT = "text/vtt";
  private static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  /** Taken for WebVTT: clients send these and read it all the same. */
  private static final List<String> AS_WELL =
      List.of(
          VTT,
          "text/*",
          "*/*",
          "text/plain",
          "application/*",
          "application/json",
          "application/octet-stream");

  private record MediaRange(String type, double quality) {}

  static TranscriptForm of(Optional<String> format, Optional<String> accept) {
    return format.isPresent() ? ofFormat(format.get()) : ofAccept(accept.orElse(""));
  }

  private static TranscriptForm ofFormat(String format) {
    String type = format.strip().toLowerCase(Locale.ROOT);
    if (type.equals(VTT)) {
      return WEBVTT;
    }
    // A plus sign in a query is a blank.
    if (type.replace(' ', '+').equals(Rendition.UNATTRIBUTED.mediaType())) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST,
          "'" + Rendition.UNATTRIBUTED.mediaType() + "' is asked for by the Accept header alone.");
    }
    throw new GraphException(
        ErrorCode.BAD_REQUEST,
        "$format '" + format + "' is not supported" + gone(type) + ". Use $format=text/vtt.");
  }

  private static TranscriptForm ofAccept(String accept) {
    List<MediaRange> wanted =
        Stream.of(accept.split(",", -1))
            .map(TranscriptForm::range)
            .flatMap(Optional::stream)
            .sorted(Comparator.comparingDouble(MediaRange::quality).reversed())
            .toList();
    Optional<String> named =
        wanted.stream()
            .map(MediaRange::type)
            .filter(type -> type.equals(VTT) || type.equals(Rendition.UNATTRIBUTED.mediaType()))
            .findFirst();
    if (named.isPresent()) {
      return named.get().equals(VTT) ? WEBVTT : UNATTRIBUTED;
    }
    if (wanted.isEmpty() || wanted.stream().anyMatch(range -> takesWebVtt(range.type()))) {
      return WEBVTT;
    }
    throw new GraphException(
        ErrorCode.NOT_ACCEPTABLE,
        "A transcript's content is not given as '"
            + accept
            + "'"
            + gone(accept.toLowerCase(Locale.ROOT))
            + ". Accept 'text/vtt' or '"
            + Rendition.UNATTRIBUTED.mediaType()
            + "'.");
  }

  private static boolean takesWebVtt(String type) {
    return AS_WELL.contains(type);
  }

  private static String gone(String type) {
    return type.contains(DOCX) ? ": Word documents were withdrawn on 2023-05-31" : "";
  }

  /** Empty for what is refused by {@code q=0}, and for what is no media range. */
  private static Optional<MediaRange> range(String text) {
    String[] parts = text.split(";", -1);
    String type = parts[0].strip().toLowerCase(Locale.ROOT);
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
        quality = Double.parseDouble(parameter.substring(2));
      }
    }
    boolean usable = quality > 0 && type.matches("[^\\s/]+/[^\\s/]+");
    return usable ? Optional.of(new MediaRange(type, quality)) : Optional.empty();
  }
}
