package dev.aftercall.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.aftercall.gate.Gate;
import dev.aftercall.http.odata.Select;
import dev.aftercall.meeting.Meeting;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import dev.aftercall.time.Ticks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;

/**
 * Writes a callRecording as Graph does, in the property order of a captured answer. {@code content}
 * is a stream: it may be selected and never appears.
 */
final class CallRecordingJson {
  /** Jackson keeps its buffers by thread, and a virtual thread never comes back for them. */
  private static final JsonFactory JSON =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.newConcurrentDequePool()).build();

  private static final int USUAL_LENGTH = 2_048;

  private CallRecordingJson() {}

  /**
   * One entity with its context.
   *
   * @param root address and version the client called, such as {@code https://host/v1.0}
   * @param user whose path was called; {@code /me} included
   */
  static byte[] entity(Gate.Opened opened, String root, UUID user, Select select)
      throws IOException {
    Meeting meeting = opened.meeting();
    Artifact recording = opened.artifact();
    String meetingId = meeting.id().encoded();
    String id = RecordingId.encode(meeting, recording.artifact());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField(
          "@odata.context",
          root
              + "/$metadata#users('"
              + user
              + "')/onlineMeetings('"
              + meetingId
              + "')/recordings"
              + select.inContext()
              + "/$entity");
      field(json, select, "id", id);
      field(json, select, "meetingId", meetingId);
      field(json, select, "callId", recording.callId().toString());
      field(json, select, "contentCorrelationId", recording.contentCorrelationId());
      field(json, select, "createdDateTime", Ticks.format(recording.created()));
      field(json, select, "endDateTime", Ticks.format(recording.ended()));
      field(
          json,
          select,
          "recordingContentUrl",
          root
              + "/users/"
              + user
              + "/onlineMeetings/"
              + meetingId
              + "/recordings/"
              + id
              + "/content");
      if (select.has("meetingOrganizer")) {
        organizer(json, meeting);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void field(JsonGenerator json, Select select, String name, String value)
      throws IOException {
    if (select.has(name)) {
      json.writeStringField(name, value);
    }
  }

  private static void organizer(JsonGenerator json, Meeting meeting) throws IOException {
    json.writeObjectFieldStart("meetingOrganizer");
    json.writeNullField("application");
    json.writeNullField("device");
    json.writeObjectFieldStart("user");
    json.writeStringField("@odata.type", "#microsoft.graph.teamworkUserIdentity");
    json.writeStringField("id", meeting.organizer().toString());
    json.writeNullField("displayName");
    json.writeStringField("userIdentityType", "aadUser");
    json.writeStringField("tenantId", meeting.tenant().toString());
    json.writeEndObject();
    json.writeEndObject();
  }
}
