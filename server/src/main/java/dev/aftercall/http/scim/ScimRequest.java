package dev.aftercall.http.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.JsonBody;
import dev.aftercall.http.Request;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.scim.FilterReader;
import dev.aftercall.scim.ScimException;
import dev.aftercall.scim.ScimFilter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a directory wants, once let in.
 *
 * @param tenant everything lies in it
 * @param issuer whose subjects are turned into object ids; empty where ids are GUIDs
 */
record ScimRequest(Request request, UUID tenant, Optional<String> issuer) {
  static final int MOST = 200;
  private static final int USUAL = 100;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  /** The id in the path; what is no id of ours is an unknown one. */
  UUID id(String what) {
    String text = request.parameter("id");
    return GraphIds.guid(text).orElseThrow(() -> ScimException.notFound(what, text));
  }

  ObjectNode body() throws IOException {
    return JsonBody.object(request, ScimAnswers.MEDIA_TYPE);
  }

  Optional<ScimFilter> filter() {
    return option("filter").filter(text -> !text.isBlank()).map(FilterReader::read);
  }

  /** From 1; less counts as 1 (RFC 7644, 3.4.2.4). */
  int start() {
    return Math.max(1, number("startIndex", 1));
  }

  /** Less than 0 counts as 0. */
  int count() {
    return Math.clamp(number("count", USUAL), 0, MOST);
  }

  private int number(String name, int otherwise) {
    Optional<String> text = option(name);
    if (text.isPresent() && !NUMBER.matcher(text.get()).matches()) {
      throw new ScimException(400, "invalidValue", "'" + name + "' must be a whole number.");
    }
    return text.map(Integer::parseInt).orElse(otherwise);
  }

  /** Whether an answer shall have that attribute, by attributes and excludedAttributes. */
  boolean wants(String attribute) {
    Optional<String> only = option("attributes").filter(text -> !text.isBlank());
    boolean excluded = listed(option("excludedAttributes").orElse(""), attribute);
    return !excluded && only.map(text -> listed(text, attribute)).orElse(true);
  }

  private static boolean listed(String list, String attribute) {
    return Arrays.stream(list.split(",", -1))
        .anyMatch(each -> each.strip().equalsIgnoreCase(attribute));
  }

  /** The version that If-Match asks for; {@code *} asks for any. */
  OptionalLong version() {
    String field = request.header("If-Match").orElse("*").strip();
    if (field.equals("*")) {
      return OptionalLong.empty();
    }
    String digits = field.replaceFirst("^W/", "").replace("\"", "");
    return OptionalLong.of(NUMBER18.matcher(digits).matches() ? Long.parseLong(digits) : -1);
  }

  private static final Pattern NUMBER18 = Pattern.compile("\\d{1,18}");

  Optional<String> option(String name) {
    return request.target().query().first(name);
  }

  /** The address of a resource. */
  String location(String kind, UUID id) {
    return request.target().base() + "/scim/v2/" + kind + "/" + id;
  }
}
