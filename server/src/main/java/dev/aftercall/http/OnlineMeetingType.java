package dev.aftercall.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.CsdlType.ListOf;
import dev.aftercall.http.CsdlType.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code microsoft.graph.onlineMeeting} with its base, as the CSDL of August 2026 declares it:
 * which members there are, of which types, and what they are until a client says otherwise.
 */
final class OnlineMeetingType {
  static final String NAME = "microsoft.graph.onlineMeeting";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final CsdlType TEXT = new CsdlType.Text();
  private static final CsdlType FLAG = new CsdlType.Flag();
  private static final CsdlType INSTANT = new CsdlType.Instant();

  private static final CsdlType IDENTITY =
      new Structure(
          Map.of(
              "id", TEXT,
              "displayName", TEXT,
              "tenantId", TEXT,
              "userIdentityType",
                  CsdlType.words(
                      "aadUser onPremiseAadUser anonymousGuest federatedUser"
                          + " personalMicrosoftAccountUser skypeUser phoneUser unknownFutureValue"
                          + " emailUser")));

  private static final CsdlType PARTICIPANT =
      new Structure(
          Map.of(
              "identity",
              new Structure(Map.of("application", IDENTITY, "device", IDENTITY, "user", IDENTITY)),
              "role",
              CsdlType.words("attendee presenter unknownFutureValue producer coorganizer"),
              "upn",
              TEXT));

  /** Producers and contributors are beta's alone. */
  static final Structure PARTICIPANTS =
      new Structure(
          Map.of(
              "organizer", PARTICIPANT,
              "attendees", new ListOf(PARTICIPANT),
              "producers", new ListOf(PARTICIPANT),
              "contributors", new ListOf(PARTICIPANT)));

  /** Made by the server; clients who send them on creation are not heard, as by Graph. */
  static final Set<String> READ_ONLY =
      Set.of(
          "id",
          "creationDateTime",
          "expiryDateTime",
          "meetingType",
          "chatInfo",
          "joinWebUrl",
          "joinUrl",
          "joinInformation",
          "videoTeleconferenceId",
          "audioConferencing",
          "meetingOptionsWebUrl",
          "attendeeReport",
          "recordings",
          "transcripts",
          "attendanceReports");

  /** In the order of the answers. */
  private static final Map<String, CsdlType> MEMBERS = new LinkedHashMap<>();

  /** Those of them that v1.0 does not declare. */
  private static final List<String> BETA =
      List.of("joinUrl", "anonymizeIdentityForRoles", "capabilities");

  private static final List<String> STREAMS =
      List.of("attendeeReport", "recordings", "transcripts");

  private static final List<String> BETA_STREAMS =
      List.of("recording", "alternativeRecording", "broadcastRecording");

  /** What the members that clients set are before. */
  private static final ObjectNode BEFORE = JSON.objectNode();

  static {
    made("id", TEXT);
    made("subject", TEXT);
    made("startDateTime", INSTANT);
    made("endDateTime", INSTANT);
    made("creationDateTime", INSTANT);
    made("expiryDateTime", INSTANT);
    made("meetingType", CsdlType.words("adhoc scheduled recurring broadcast meetnow"));
    made("participants", PARTICIPANTS);
    made("chatInfo", texts("threadId", "messageId", "replyChainMessageId"));
    made("joinWebUrl", TEXT);
    made(
        "joinMeetingIdSettings",
        new Structure(Map.of("isPasscodeRequired", FLAG, "joinMeetingId", TEXT, "passcode", TEXT)));
    made(
        "joinInformation",
        new Structure(Map.of("content", TEXT, "contentType", CsdlType.words("text html"))));
    made("videoTeleconferenceId", TEXT);
    made("externalId", TEXT);
    set("recordAutomatically", FLAG, JSON.booleanNode(false));
    set("allowRecording", FLAG, JSON.booleanNode(true));
    set("allowTranscription", FLAG, JSON.booleanNode(true));
    set("isEntryExitAnnounced", FLAG, JSON.booleanNode(true));
    set(
        "allowedPresenters",
        CsdlType.words("everyone organization roleIsPresenter organizer unknownFutureValue"),
        JSON.textNode("everyone"));
    set(
        "lobbyBypassSettings",
        new Structure(
            Map.of(
                "isDialInBypassEnabled",
                FLAG,
                "scope",
                CsdlType.words(
                    "organizer organization organizationAndFederated everyone unknownFutureValue"
                        + " invited organizationExcludingGuests"))),
        JSON.objectNode().put("scope", "organization").put("isDialInBypassEnabled", false));
    set("allowAttendeeToEnableCamera", FLAG, JSON.booleanNode(true));
    set("allowAttendeeToEnableMic", FLAG, JSON.booleanNode(true));
    set("allowBreakoutRooms", FLAG, JSON.booleanNode(true));
    set("allowCopyingAndSharingMeetingContent", FLAG, JSON.booleanNode(true));
    set("allowParticipantsToChangeName", FLAG, JSON.booleanNode(false));
    set("allowPowerPointSharing", FLAG, JSON.booleanNode(true));
    set("allowTeamworkReactions", FLAG, JSON.booleanNode(true));
    set("allowWhiteboard", FLAG, JSON.booleanNode(true));
    set("isEndToEndEncryptionEnabled", FLAG, JSON.booleanNode(false));
    set(
        "allowMeetingChat",
        CsdlType.words("enabled disabled limited unknownFutureValue"),
        JSON.textNode("enabled"));
    set(
        "allowLiveShare",
        CsdlType.words("enabled disabled unknownFutureValue"),
        JSON.textNode("enabled"));
    set(
        "allowedLobbyAdmitters",
        CsdlType.words(
            "organizerAndCoOrganizersAndPresenters organizerAndCoOrganizers unknownFutureValue"),
        JSON.textNode("organizerAndCoOrganizersAndPresenters"));
    set(
        "shareMeetingChatHistoryDefault",
        CsdlType.words("none all unknownFutureValue"),
        JSON.textNode("none"));
    set(
        "audioConferencing",
        new Structure(
            Map.of(
                "conferenceId", TEXT,
                "dialinUrl", TEXT,
                "tollFreeNumber", TEXT,
                "tollFreeNumbers", new ListOf(TEXT),
                "tollNumber", TEXT,
                "tollNumbers", new ListOf(TEXT))),
        NullNode.instance);
    set("chatRestrictions", new Structure(Map.of("allowTextOnly", FLAG)), NullNode.instance);
    set(
        "cloudVideoInteropInfo",
        texts("moreInfoWebUrl", "tenantKey", "videoTeleconferenceId"),
        NullNode.instance);
    set(
        "watermarkProtection",
        new Structure(Map.of("isEnabledForContentSharing", FLAG, "isEnabledForVideo", FLAG)),
        NullNode.instance);
    set("sensitivityLabelAssignment", texts("sensitivityLabelId"), NullNode.instance);
    set("meetingOptionsWebUrl", TEXT, NullNode.instance);
    set("meetingSpokenLanguageTag", TEXT, NullNode.instance);
    set("meetingTemplateId", TEXT, NullNode.instance);
    set("isBroadcast", FLAG, JSON.booleanNode(false));
    set("broadcastSettings", broadcast(), NullNode.instance);
    made("joinUrl", TEXT);
    made(
        "anonymizeIdentityForRoles",
        new ListOf(CsdlType.words("attendee presenter unknownFutureValue producer coorganizer")));
    made("capabilities", new ListOf(CsdlType.words("questionAndAnswer unknownFutureValue")));
  }

  static final Structure TYPE = new Structure(MEMBERS);

  private OnlineMeetingType() {}

  private static CsdlType broadcast() {
    return new Structure(
        Map.of(
            "allowedAudience",
            CsdlType.words("roleIsAttendee organization everyone unknownFutureValue"),
            "captions",
            new Structure(
                Map.of(
                    "isCaptionEnabled", FLAG,
                    "spokenLanguage", TEXT,
                    "translationLanguages", new ListOf(TEXT))),
            "isAttendeeReportEnabled",
            FLAG,
            "isQuestionAndAnswerEnabled",
            FLAG,
            "isRecordingEnabled",
            FLAG,
            "isVideoOnDemandEnabled",
            FLAG));
  }

  private static CsdlType texts(String... names) {
    Map<String, CsdlType> members = new LinkedHashMap<>();
    for (String name : names) {
      members.put(name, TEXT);
    }
    return new Structure(members);
  }

  private static void made(String name, CsdlType type) {
    MEMBERS.put(name, type);
  }

  private static void set(String name, CsdlType type, JsonNode before) {
    made(name, type);
    BEFORE.set(name, before);
  }

  /** The members that clients set, as they are before; to be changed by whoever asked. */
  static ObjectNode before() {
    return BEFORE.deepCopy();
  }

  /** The same of what beta has beside; {@code joinUrl} is the older name of another member. */
  static ObjectNode beforeInBeta(String joinWebUrl) {
    ObjectNode json = JSON.objectNode().put("joinUrl", joinWebUrl);
    json.putArray("anonymizeIdentityForRoles");
    json.putArray("capabilities");
    return json;
  }

  /** What {@code $select} takes; streams and navigations among them never appear. */
  static List<String> properties(Request request) {
    boolean beta = request.parameter("version").equals("beta");
    List<String> names = new ArrayList<>(MEMBERS.keySet());
    names.addAll(STREAMS);
    if (beta) {
      names.addAll(BETA_STREAMS);
    } else {
      names.removeAll(BETA);
    }
    return List.copyOf(names);
  }
}
