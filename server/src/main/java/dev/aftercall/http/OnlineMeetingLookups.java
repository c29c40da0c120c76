package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.RecordingAccess.PathUser;
import dev.aftercall.gate.MeetingAsk;
import dev.aftercall.gate.MeetingGate;
import dev.aftercall.http.Conjunction.Comparison;
import dev.aftercall.http.odata.Select;
import dev.aftercall.http.odata.SystemOptions;
import dev.aftercall.meeting.JoinLink;
import dev.aftercall.meeting.OnlineMeeting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds online meetings by what people have of them: a link, a number. There is no list of all. */
final class OnlineMeetingLookups {
  private static final String LINK = "joinweburl";
  private static final String NUMBER = "joinmeetingidsettings/joinmeetingid";
  private static final String TELECONFERENCE = "videoteleconferenceid";

  private final MeetingGate gate;

  OnlineMeetingLookups(MeetingGate gate) {
    this.gate = gate;
  }

  private record Options(Optional<Comparison> comparison, Select select) {}

  /** One comparison by {@code eq} with a string is what finds a meeting. */
  private static Options options(Request request) {
    SystemOptions options = SystemOptions.of(request).only("$filter", "$select");
    Optional<Comparison> one =
        options
            .value("filter")
            .map(Conjunction::parse)
            .filter(all -> all.size() == 1)
            .map(List::getFirst)
            .filter(it -> it.quoted() && it.operator().equals("eq"));
    return new Options(
        one,
        Select.of(
            options.value("select"),
            OnlineMeetingType.properties(request),
            OnlineMeetingType.NAME));
  }

  /** {@code …/onlineMeetings?$filter=JoinWebUrl eq '…'} and by the number people type. */
  Answer find(Request request) throws Exception {
    Options options = options(request);
    Comparison by =
        options
            .comparison()
            .filter(it -> it.path().equals(LINK) || it.path().equals(NUMBER))
            .orElseThrow(() -> expected("/onlineMeetings?$filter=JoinWebUrl eq '{joinWebUrl}'."));
    MeetingAsk ask = OnlineMeetings.ask(request, by.literal());
    return OnlineMeetings.asking(
        () -> {
          Optional<OnlineMeeting> found =
              by.path().equals(LINK)
                  ? byLink(ask, by.literal())
                  : gate.byJoinMeetingId(ask, by.literal());
          String context =
              OnlineMeetingJson.context(request.serviceRoot(), ask.person(), options.select());
          return answer(request, context, found, options.select());
        });
  }

  private Optional<OnlineMeeting> byLink(MeetingAsk ask, String link) {
    Optional<JoinLink> parsed = JoinLink.parse(link);
    if (parsed.isEmpty()) {
      throw new GraphException(
          ErrorCode.BAD_REQUEST,
          "The JoinWebUrl in the filter is not a join URL:"
              + " https://teams.microsoft.com/l/meetup-join/… or"
              + " https://teams.microsoft.com/meet/… is expected.");
    }
    return gate.byLink(ask, parsed.get());
  }

  /** {@code /communications/onlineMeetings?$filter=VideoTeleconferenceId eq '…'} */
  Answer findTenantWide(Request request) throws Exception {
    Options options = options(request);
    Comparison by =
        options
            .comparison()
            .filter(it -> it.path().equals(TELECONFERENCE))
            .orElseThrow(
                () -> expected("/onlineMeetings?$filter=VideoTeleconferenceId eq '{vtcid}'."));
    MeetingAsk ask =
        new MeetingAsk(
            request.trace().requestId(), request.requireCaller(), new PathUser.Me(), by.literal());
    return OnlineMeetings.asking(
        () ->
            answer(
                request,
                request.serviceRoot()
                    + "/$metadata#communications/onlineMeetings"
                    + options.select().inContext(),
                gate.byVideoTeleconferenceId(ask, by.literal()),
                options.select()));
  }

  private static GraphException expected(String what) {
    return new GraphException(ErrorCode.INVALID_ARGUMENT, "Filter expression expected - " + what);
  }

  private static Answer answer(
      Request request, String context, Optional<OnlineMeeting> found, Select select)
      throws IOException {
    ObjectNode json = JsonBody.JSON.createObjectNode().put("@odata.context", context);
    ArrayNode value = json.putArray("value");
    if (found.isPresent()) {
      value.add(OnlineMeetingJson.of(request).tree(found.get(), select));
    }
    return OnlineMeetings.json(200, json);
  }
}
