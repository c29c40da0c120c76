package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.change.Versioned;
import dev.aftercall.http.Answer;
import dev.aftercall.query.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** What resources answer administrators. Whoever keeps it asks again whether it still holds. */
public final class AdminAnswers {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final String TAG = "@odata.etag";

  private AdminAnswers() {}

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** 200 with something that has no version. */
  public static Answer ok(ObjectNode object) {
    return json(200, object);
  }

  /** 201 with something that was asked for and has no version. */
  public static Answer accepted(ObjectNode object) {
    return json(201, object);
  }

  /** 200 with something and its ETag. */
  public static Answer ok(Versioned<ObjectNode> object) {
    return versioned(200, object);
  }

  /** 200 or 201, after a change that may have warnings. */
  public static Answer saved(
      AdminRequest request, Versioned<ObjectNode> object, boolean created, List<String> warnings) {
    warn(object.value(), warnings);
    return created
        ? versioned(201, object).with("Location", request.address())
        : versioned(200, object);
  }

  /** 201 with what was made by a POST, at the path that the collection's path and the key make. */
  public static Answer created(
      AdminRequest request, String key, Versioned<ObjectNode> object, List<String> warnings) {
    warn(object.value(), warnings);
    return versioned(201, object)
        .with("Location", request.address() + "/" + AdminRequest.encoded(key));
  }

  private static void warn(ObjectNode object, List<String> warnings) {
    ArrayNode said = object.putArray("warnings");
    warnings.forEach(said::add);
  }

  /** 204 */
  public static Answer gone() {
    return Answer.empty(204);
  }

  /**
   * A page of a list.
   *
   * @param key of an item, from which the next page goes on
   */
  public static <T> Answer list(
      AdminRequest request, Page<T> page, Function<T, String> key, Function<T, ObjectNode> json) {
    ObjectNode list = object();
    ArrayNode value = list.putArray("value");
    page.items().forEach(item -> value.add(json.apply(item)));
    if (page.more()) {
      list.put("@odata.nextLink", request.nextLink(key.apply(page.items().getLast())));
    }
    return json(200, list);
  }

  /** An item of a list with its version. */
  public static ObjectNode item(Versioned<ObjectNode> object) {
    ObjectNode item = object().put(TAG, EntityTags.of(object.version()));
    item.setAll(object.value());
    return item;
  }

  private static Answer versioned(int status, Versioned<ObjectNode> object) {
    return json(status, item(object)).with("ETag", EntityTags.of(object.version()));
  }

  private static Answer json(int status, ObjectNode object) {
    try {
      return Answer.json(status, JSON.writeValueAsBytes(object))
          .with("Cache-Control", "private, no-cache");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
