package dev.aftercall.http;

import dev.aftercall.access.SubscriptionAccess.Scope;
import dev.aftercall.identity.Caller;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.meeting.MeetingId;
import dev.aftercall.notification.Topic;
import dev.aftercall.recording.Artifact;
import dev.aftercall.recording.RecordingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a subscription's {@code resource}: a path as it would be called, with or without a slash
 * before it, its keys as segments or in parentheses.
 *
 * @see <a
 *     href="https://learn.microsoft.com/graph/teams-changenotifications-callrecording-and-calltranscript">
 *     Change notifications for recordings and transcripts</a>
 */
final class SubscriptionResource {
  private static final int LONGEST = 2_048;
  private static final String BY_CONSENT = "useresourcespecificconsentbasedauthorization";
  private static final String KNOWN =
      "communications/onlineMeetings/getAllRecordings,"
          + " communications/onlineMeetings/{meeting-id}/recordings,"
          + " users/{user-id}/onlineMeetings/getAllRecordings,"
          + " communications/adhocCalls/getAllRecordings,"
          + " communications/adhocCalls/{call-id}/recordings,"
          + " users/{user-id}/adhocCalls/getAllRecordings, in beta"
          + " appCatalogs/teamsApps/{app-id}/installedToOnlineMeetings/getAllRecordings, and the"
          + " same with getAllTranscripts and transcripts";

  private record Form(PathTemplate path, Artifact.Kind kind, boolean calls, boolean betaAlone) {}

  private static final List<Form> FORMS = forms();

  private SubscriptionResource() {}

  private static List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    for (Artifact.Kind kind : Artifact.Kind.values()) {
      boolean recordings = kind == Artifact.Kind.RECORDING;
      String all = (recordings ? "getAllRecordings" : "getAllTranscripts") + "({arguments})";
      String some = recordings ? "recordings" : "transcripts";
      for (boolean calls : List.of(false, true)) {
        String places = calls ? "adhocCalls" : "onlineMeetings";
        form(forms, "communications/" + places + "/" + all, kind, calls);
        form(forms, "communications/" + places + "/{place}/" + some, kind, calls);
        form(forms, "users/{userId}/" + places + "/" + all, kind, calls);
        form(forms, "{me:me}/" + places + "/" + all, kind, calls);
      }
      forms.add(
          new Form(
              PathTemplate.parse(
                  "/appCatalogs/teamsApps/{teamsApp}/installedToOnlineMeetings/" + all),
              kind,
              false,
              true));
    }
    return List.copyOf(forms);
  }

  private static void form(List<Form> forms, String path, Artifact.Kind kind, boolean calls) {
    forms.add(new Form(PathTemplate.parse("/" + path), kind, calls, false));
  }

  /**
   * What is meant.
   *
   * @param beta whether the version is that
   * @param adhocCalls whether the cloud has any
   * @throws GraphException 400 when it is no resource that can be subscribed to
   */
  static Topic topic(String resource, Caller caller, boolean beta, boolean adhocCalls) {
    if (resource.length() > LONGEST) {
      throw bad("It is longer than " + LONGEST + " characters.");
    }
    int mark = resource.indexOf('?');
    String path = mark < 0 ? resource : resource.substring(0, mark);
    boolean byConsent = mark >= 0 && byConsent(resource.substring(mark + 1));
    List<String> segments = GraphPath.segments(path.startsWith("/") ? path : "/" + path);
    for (Form form : FORMS) {
      Optional<Map<String, String>> caught = form.path().match(segments);
      if (caught.isPresent() && (beta || !form.betaAlone()) && (adhocCalls || !form.calls())) {
        return topic(form, caught.get(), caller, byConsent);
      }
    }
    throw bad("Resources to subscribe to: " + KNOWN + ".");
  }

  private static Topic topic(
      Form form, Map<String, String> caught, Caller caller, boolean byConsent) {
    if (!caught.getOrDefault("arguments", "").isEmpty()) {
      throw bad("The function takes no arguments here; name the user in the path.");
    }
    Scope scope = scope(form, caught, caller, byConsent);
    if (byConsent && !(scope instanceof Scope.OfMeeting)) {
      throw bad(
          "useResourceSpecificConsentBasedAuthorization is for the recordings or transcripts of one"
              + " online meeting.");
    }
    return new Topic(form.kind(), form.calls(), scope);
  }

  private static Scope scope(
      Form form, Map<String, String> caught, Caller caller, boolean byConsent) {
    String place = caught.get("place");
    if (place != null) {
      return form.calls()
          ? new Scope.OfCall(guid(place, "call"))
          : new Scope.OfMeeting(meeting(place), byConsent);
    }
    if (caught.containsKey("teamsApp")) {
      return new Scope.Installed();
    }
    String user = caught.get("userId");
    if (user != null) {
      return new Scope.OfPerson(
          caller instanceof Caller.User self && self.upn().equalsIgnoreCase(user)
              ? self.oid()
              : guid(user, "user"));
    }
    if (caught.containsKey("me")) {
      if (caller instanceof Caller.User self) {
        return new Scope.OfPerson(self.oid());
      }
      throw bad("/me is for signed-in people; an application writes users/{user-id}.");
    }
    return new Scope.Everything();
  }

  private static MeetingId meeting(String id) {
    return MeetingId.parse(id)
        .orElseThrow(
            () ->
                bad(
                    RecordingId.looksLikeArtifact(id)
                        ? "'" + id + "' is the id of a recording or transcript, not of a meeting."
                        : "'" + id + "' is not the id of an online meeting."));
  }

  private static UUID guid(String text, String what) {
    return GraphIds.guid(text)
        .orElseThrow(() -> bad("'" + text + "' is not the id of a " + what + ", a GUID."));
  }

  private static boolean byConsent(String query) {
    boolean byConsent = false;
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      String name = (equals < 0 ? option : option.substring(0, equals)).toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "" : option.substring(equals + 1).toLowerCase(Locale.ROOT);
      switch (name) {
        case BY_CONSENT -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw bad("useResourceSpecificConsentBasedAuthorization is true or false.");
          }
          byConsent = value.equals("true");
        }
        // Chose who pays while these APIs were metered; ignored by Graph since 2025-08-25.
        case "model", "" -> {}
        default -> throw bad("Query option '" + name + "' is not known here.");
      }
    }
    return byConsent;
  }

  private static GraphException bad(String why) {
    return new GraphException(
        ErrorCode.INVALID_REQUEST, "The value of 'resource' cannot be subscribed to. " + why);
  }
}
