package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.aftercall.gate.Gate;
import dev.aftercall.gate.Place;
import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.Select;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;

/**
 * Writes a callRecording or callTranscript as Graph does, in the property order of a captured
 * answer. {@code content} and {@code metadataContent} are streams: they may be selected and never
 * appear.
 */
final class ArtifactJson {
  /** Jackson keeps its buffers by thread, and a virtual thread never comes back for them. */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  private static final int USUAL_LENGTH = 2_048;

  private ArtifactJson() {}

  /**
   * One entity with its context.
   *
   * @param root address and version the client called, such as {@code https://host/v1.0}
   * @param user whose path was called; {@code /me} included
   * @param place which path it was
   */
  static byte[] entity(Gate.Opened opened, String root, UUID user, Place place, Select select)
      throws IOException {
    Meeting meeting = opened.meeting();
    Artifact artifact = opened.artifact();
    String id = RecordingId.encode(meeting, artifact);
    String collection =
        switch (artifact.kind()) {
          case RECORDING -> "recordings";
          case TRANSCRIPT -> "transcripts";
        };
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField(
          "@odata.context",
          root
              + "/$metadata#users('"
              + user
              + "')/"
              + switch (place) {
                case Place.OfMeeting it -> "onlineMeetings('" + it.id().encoded() + "')";
                case Place.OfCall it -> "adhocCalls('" + it.id() + "')";
              }
              + "/"
              + collection
              + select.inContext()
              + "/$entity");
      field(json, select, "id", id);
      if (place instanceof Place.OfMeeting it) {
        field(json, select, "meetingId", it.id().encoded());
      }
      field(json, select, "callId", artifact.callId().toString());
      field(json, select, "contentCorrelationId", artifact.contentCorrelationId());
      field(json, select, "createdDateTime", Ticks.format(artifact.created()));
      field(json, select, "endDateTime", Ticks.format(artifact.ended()));
      field(
          json,
          select,
          type(artifact.kind()).urlProperty(),
          root
              + "/users/"
              + user
              + "/"
              + switch (place) {
                case Place.OfMeeting it -> "onlineMeetings/" + it.id().encoded();
                case Place.OfCall it -> "adhocCalls/" + it.id();
              }
              + "/"
              + collection
              + "/"
              + id
              + "/content");
      if (select.has("meetingOrganizer")) {
        organizer(json, meeting.organizer(), meeting.tenant());
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** What Graph calls that kind. */
  static ArtifactType type(Artifact.Kind kind) {
    return switch (kind) {
      case RECORDING -> ArtifactType.RECORDING;
      case TRANSCRIPT -> ArtifactType.TRANSCRIPT;
    };
  }

  private static void field(JsonGenerator json, Select select, String name, String value)
      throws IOException {
    if (select.has(name)) {
      json.writeStringField(name, value);
    }
  }

  static void organizer(JsonGenerator json, UUID organizer, UUID tenant) throws IOException {
    json.writeObjectFieldStart("meetingOrganizer");
    json.writeNullField("application");
    json.writeNullField("device");
    json.writeObjectFieldStart("user");
    json.writeStringField("@odata.type", "#microsoft.graph.teamworkUserIdentity");
    json.writeStringField("id", organizer.toString());
    json.writeNullField("displayName");
    json.writeStringField("userIdentityType", "aadUser");
    json.writeStringField("tenantId", tenant.toString());
    json.writeEndObject();
    json.writeEndObject();
  }
}
