package dev.aftercall.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.meeting.MeetingType;
import dev.aftercall.recording.Artifact;
import dev.aftercall.time.Ticks;
import java.util.UUID;

/** What an encrypted notification holds: the artifact, its content's address without our own. */
final class ResourceData {
  private ResourceData() {}

  static ObjectNode of(Told told, UUID person) {
    boolean call = told.meeting().type() == MeetingType.ADHOC;
    boolean recording = told.kind() == Artifact.Kind.RECORDING;
    String place =
        call ? "adhocCalls/" + told.callId() : "onlineMeetings/" + told.meeting().id().encoded();
    String collection = recording ? "recordings" : "transcripts";
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", told.id());
    if (!call) {
      json.put("meetingId", told.meeting().id().encoded());
    }
    json.put("callId", told.callId().toString());
    json.put("contentCorrelationId", told.contentCorrelationId());
    json.put("createdDateTime", Ticks.format(told.created()));
    json.put("endDateTime", Ticks.format(told.ended()));
    json.put(
        recording ? "recordingContentUrl" : "transcriptContentUrl",
        "users/" + person + "/" + place + "/" + collection + "/" + told.id() + "/content");
    json.putNull("content");
    ObjectNode organizer = json.putObject("meetingOrganizer");
    organizer.putNull("application");
    organizer.putNull("device");
    organizer
        .putObject("user")
        .put("id", told.meeting().organizer().toString())
        .putNull("displayName")
        .put("userIdentityType", "aadUser")
        .put("tenantId", told.meeting().tenant().toString());
    return json;
  }
}
