package dev.aftercall.transcript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a cue's payload: who says what. Voice and language tags count, every other tag falls away,
 * character references become characters (WebVTT, 6.4). What is no tag, such as {@code 5 < 6}, is
 * text. Nothing is refused here: whatever is left open ends with the cue.
 */
final class CueText {
  /** A tag, a timestamp, or a voice whose end is missing: a name must not become text. */
  private static final Pattern TAG = Pattern.compile("<(?:/?[a-z.][^<>]*>|[0-9:.]+>|v[ .\\t\\n])");

  private final String payload;
  private final List<Cue.Span> spans = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> languages = new ArrayDeque<>();
  private String speaker = "";

  private CueText(String payload) {
    this.payload = payload;
  }

  static List<Cue.Span> parse(String payload) {
    CueText cue = new CueText(payload);
    cue.read();
    return cue.spans;
  }

  private void read() {
    int at = 0;
    while (at < payload.length()) {
      char c = payload.charAt(at);
      if (c == '<' && opensTag(at)) {
        int close = payload.indexOf('>', at);
        int end = close < 0 ? payload.length() : close;
        tag(payload.substring(at + 1, end));
        at = end + 1;
      } else if (c == '&') {
        at = CharacterReference.read(payload, at, text);
      } else {
        text.append(c);
        at++;
      }
    }
    flush();
  }

  private boolean opensTag(int at) {
    return TAG.matcher(payload).region(at, payload.length()).lookingAt();
  }

  private void tag(String tag) {
    String name = tag.split("[.\\s]", 2)[0];
    switch (name) {
      case "v" -> {
        flush();
        speaker = annotation(tag);
      }
      case "/v" -> {
        flush();
        speaker = "";
      }
      case "lang" -> {
        flush();
        languages.push(annotation(tag));
      }
      case "/lang" -> {
        flush();
        languages.poll();
      }
      default -> {
        // Classes, bold, ruby, timestamps: how it looks, not what was said.
      }
    }
  }

  private static String annotation(String tag) {
    String[] parts = tag.split("\\s+", 2);
    if (parts.length < 2) {
      return "";
    }
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < parts[1].length(); ) {
      if (parts[1].charAt(at) == '&') {
        at = CharacterReference.read(parts[1], at, plain);
      } else {
        plain.append(parts[1].charAt(at++));
      }
    }
    return oneLine(plain);
  }

  private void flush() {
    String said = oneLine(text);
    text.setLength(0);
    if (!said.isEmpty()) {
      String language = languages.peek();
      spans.add(new Cue.Span(speaker, language == null ? "" : language, said));
    }
  }

  private static String oneLine(CharSequence text) {
    return text.toString().replaceAll("\\s+", " ").strip();
  }
}
