package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.meeting.Joining;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code joinInformation}: the piece of HTML that clients paste into invitations, in a {@code
 * data:} URL as Graph wraps it.
 */
record JoinInformation(List<String> phrases) {
  private static final int LONGEST_FIELD = 1_024;

  private static final Map<String, List<String>> LANGUAGES =
      Map.of(
          "en", List.of("Join the meeting now", "Meeting ID", "Passcode"),
          "de", List.of("Jetzt an der Besprechung teilnehmen", "Besprechungs-ID", "Kennung"),
          "fr", List.of("Rejoindre la réunion maintenant", "ID de réunion", "Code secret"),
          "es", List.of("Unirse a la reunión ahora", "Id. de reunión", "Código de acceso"),
          "it", List.of("Partecipa alla riunione ora", "ID riunione", "Passcode"),
          "nl", List.of("Nu deelnemen aan de vergadering", "Vergaderings-id", "Wachtwoordcode"),
          "pt", List.of("Participar da reunião agora", "ID da reunião", "Senha"));

  /** In the first language of an Accept-Language field that is known here, else in English. */
  static JoinInformation in(Optional<String> acceptLanguage) {
    return new JoinInformation(
        LANGUAGES.getOrDefault(
            acceptLanguage.map(JoinInformation::tag).orElse("en"),
            LANGUAGES.getOrDefault("en", List.of())));
  }

  private static String tag(String acceptLanguage) {
    if (acceptLanguage.length() > LONGEST_FIELD) {
      return "en"; // The JDK's reader takes time by the square of the ranges.
    }
    try {
      String tag = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES.keySet());
      return tag == null ? "en" : tag;
    } catch (IllegalArgumentException e) {
      return "en"; // RFC 9110, 12.5.4: a field that cannot be read may be disregarded.
    }
  }

  /** The itemBody of a meeting. */
  ObjectNode of(String joinUrl, Optional<Joining> joining) {
    StringBuilder html = new StringBuilder("<div>");
    html.append("<a href=\"").append(joinUrl).append("\">").append(phrases.get(0)).append("</a>");
    joining.ifPresent(numbers -> append(html, numbers));
    html.append("</div>");
    return JsonNodeFactory.instance
        .objectNode()
        .put(
            "content",
            "data:text/html," + URLEncoder.encode(html.toString(), StandardCharsets.UTF_8))
        .put("contentType", "html");
  }

  private void append(StringBuilder html, Joining numbers) {
    html.append("<br/>").append(phrases.get(1)).append(": ").append(numbers.meetingId());
    numbers
        .passcode()
        .ifPresent(
            passcode -> html.append("<br/>").append(phrases.get(2)).append(": ").append(passcode));
    String link = numbers.shortLink();
    html.append("<br/><a href=\"").append(link).append("\">").append(link).append("</a>");
  }
}
