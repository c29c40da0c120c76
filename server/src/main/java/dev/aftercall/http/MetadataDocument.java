package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.aftercall.config.Cloud;
import dev.aftercall.http.odata.GraphModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * What the service is made of: the CSDL at {@code $metadata} and the service document at each
 * version's root. Graph shows both to anybody.
 *
 * @see <a href="https://docs.oasis-open.org/odata/odata-json-format/v4.01/">OData JSON Format,
 *     5</a>
 */
public final class MetadataDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private final Cloud cloud;

  /** As that cloud has it. */
  public MetadataDocument(Cloud cloud) {
    this.cloud = cloud;
  }

  /** The routes of both documents. */
  public List<Route> routes() {
    String root = "/{version:v1.0|beta}";
    return List.of(
        Route.of("GET", root + "/$metadata", Route.Admission.PUBLIC, this::metadata),
        Route.of("GET", root, Route.Admission.PUBLIC, this::service));
  }

  private Answer metadata(Request request) {
    return documented(Answer.of(200, "application/xml", GraphModel.document()));
  }

  private Answer service(Request request) throws IOException {
    String root = request.serviceRoot();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("@odata.context", root + "/$metadata");
      json.writeArrayFieldStart("value");
      for (GraphModel.Entrance entrance : GraphModel.entrances()) {
        if (entrance.name().equals("subscriptions") && cloud.meetingVersions().isEmpty()) {
          continue;
        }
        json.writeStartObject();
        json.writeStringField("name", entrance.name());
        json.writeStringField("kind", entrance.singleton() ? "Singleton" : "EntitySet");
        json.writeStringField("url", entrance.name());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return documented(Answer.of(200, Answer.GRAPH_JSON, bytes.toByteArray()));
  }

  private static Answer documented(Answer answer) {
    return answer.with("OData-Version", "4.0").with("Cache-Control", "no-cache");
  }
}
