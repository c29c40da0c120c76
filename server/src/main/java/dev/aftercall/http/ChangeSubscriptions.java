package dev.aftercall.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.gate.NoSuchRecording;
import dev.aftercall.gate.Refused;
import dev.aftercall.gate.SubscriptionGate;
import dev.aftercall.gate.SubscriptionGate.Asker;
import dev.aftercall.gate.SubscriptionGate.NoRoom;
import dev.aftercall.gate.SubscriptionGate.NoSuchSubscription;
import dev.aftercall.gate.SubscriptionGate.Renewal;
import dev.aftercall.gate.SubscriptionGate.Wanted;
import dev.aftercall.http.odata.Select;
import dev.aftercall.identity.TokenEnd;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.notification.Endpoints.NotAnEndpoint;
import dev.aftercall.notification.Subscription;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Graph's subscription: create, list, get, renew, reauthorize, delete.
 *
 * @see <a href="https://learn.microsoft.com/graph/api/resources/subscription">subscription</a>
 */
public final class ChangeSubscriptions {
  private final SubscriptionGate gate;
  private final boolean adhocCalls;
  private final InstantSource clock;

  /**
   * Speaks for that gate.
   *
   * @param adhocCalls whether the cloud has any
   */
  public ChangeSubscriptions(SubscriptionGate gate, boolean adhocCalls, InstantSource clock) {
    this.gate = gate;
    this.adhocCalls = adhocCalls;
    this.clock = clock;
  }

  /**
   * The routes of this resource.
   *
   * @param versions {@code v1.0|beta}, or what the cloud offers of it; empty for none
   */
  public List<Route> routes(String versions) {
    List<Route> routes = new ArrayList<>();
    if (versions.isEmpty()) {
      return routes;
    }
    String all = "/{version:" + versions + "}/subscriptions";
    String one = all + "/{subscriptionId}";
    routes.add(token("POST", all, this::create));
    routes.add(token("GET", all, this::list));
    routes.add(token("GET", one, this::get));
    routes.add(token("PATCH", one, this::renew));
    routes.add(token("DELETE", one, this::delete));
    routes.add(token("POST", one + "/reauthorize", this::reauthorize));
    routes.add(token("POST", one + "/microsoft.graph.reauthorize", this::reauthorize));
    return routes;
  }

  private static Route token(String method, String path, Route.Handler handler) {
    return Route.of(method, path, Route.Admission.TOKEN, handler);
  }

  private Answer create(Request request) throws Exception {
    Select.none(request);
    SubscriptionBody body = SubscriptionBody.of(JsonBody.object(request)).requireCreated();
    boolean beta = request.parameter("version").equals("beta");
    Asker asker = asker(request);
    Subscription.Target target = body.target();
    Wanted wanted =
        new Wanted(
            SubscriptionResource.topic(body.resource(), asker.caller(), beta, adhocCalls),
            body.resource(),
            target,
            body.encryption(),
            body.expires(target.lifecycleUrl().isPresent(), now()));
    return asking(
        () -> {
          Subscription made = gate.create(asker, wanted);
          String location = request.serviceRoot() + "/subscriptions/" + made.id();
          return entity(request, made, true, 201).with("Location", location);
        });
  }

  private Answer list(Request request) throws Exception {
    Select.none(request);
    ObjectNode json = JsonBody.JSON.createObjectNode();
    json.put("@odata.context", context(request));
    ArrayNode value = json.putArray("value");
    gate.list(asker(request)).forEach(one -> value.add(SubscriptionJson.tree(one, false)));
    return OnlineMeetings.json(200, json);
  }

  private Answer get(Request request) throws Exception {
    Select.none(request);
    UUID id = id(request);
    return asking(() -> entity(request, gate.get(asker(request), id), false, 200));
  }

  private Answer renew(Request request) throws Exception {
    Select.none(request);
    UUID id = id(request);
    SubscriptionBody body = SubscriptionBody.of(JsonBody.object(request)).requireChangeable();
    return asking(
        () -> {
          Asker asker = asker(request);
          Subscription before = gate.get(asker, id);
          Renewal renewal =
              new Renewal(
                  body.newExpires(before, now()), body.newUrl(), body.newEncryption(before));
          return entity(request, gate.renew(asker, id, renewal), false, 200);
        });
  }

  private Answer delete(Request request) throws Exception {
    Select.none(request);
    UUID id = id(request);
    return asking(
        () -> {
          gate.delete(asker(request), id);
          return Answer.empty(204);
        });
  }

  private Answer reauthorize(Request request) throws Exception {
    Select.none(request);
    UUID id = id(request);
    return asking(
        () -> {
          gate.reauthorize(asker(request), id);
          return Answer.empty(204);
        });
  }

  private static UUID id(Request request) {
    return GraphIds.guid(request.parameter("subscriptionId"))
        .orElseThrow(ChangeSubscriptions::notFound);
  }

  private static Asker asker(Request request) {
    return new Asker(
        request.trace().requestId(),
        request.requireCaller(),
        Ticks.of(TokenEnd.of(request.header("Authorization"))));
  }

  private static String context(Request request) {
    return request.serviceRoot() + "/$metadata#subscriptions";
  }

  private static Answer entity(
      Request request, Subscription subscription, boolean secret, int status) throws IOException {
    ObjectNode json = JsonBody.JSON.createObjectNode();
    json.put("@odata.context", context(request) + "/$entity");
    json.setAll(SubscriptionJson.tree(subscription, secret));
    return OnlineMeetings.json(status, json);
  }

  private long now() {
    return Ticks.of(clock.instant());
  }

  /** A conversation with the gate. */
  @FunctionalInterface
  private interface Asking {
    Answer answer() throws IOException, NotAnEndpoint;
  }

  private static Answer asking(Asking asking) throws IOException {
    try {
      return asking.answer();
    } catch (Refused e) {
      throw Refusals.error(e.denial());
    } catch (NotAnEndpoint e) {
      throw SubscriptionBody.bad(e.text());
    } catch (NoSuchSubscription e) {
      throw notFound();
    } catch (NoSuchRecording e) {
      throw Refusals.notFound();
    } catch (NoRoom e) {
      throw noRoom(e);
    }
  }

  private static GraphException noRoom(NoRoom full) {
    return switch (full.outcome()) {
      case DUPLICATE ->
          new GraphException(
              ErrorCode.CONFLICT,
              "Subscription already exists: the application has one for this resource and"
                  + " notificationUrl. Renew that one by PATCH, or delete it.");
      case APPLICATION_QUOTA ->
          forbidden(
              "The limit of 1 subscription per application for this resource has been reached."
                  + " Change the notificationUrl of the one there is by PATCH, or delete it.");
      case PERSON_QUOTA ->
          forbidden(
              "The limit of 10 subscriptions per user, of all applications together, has been"
                  + " reached for this resource. One of them must end before another begins.");
      case TENANT_QUOTA ->
          forbidden(
              "The limit of 10000 subscriptions per organization has been reached. One of them must"
                  + " end before another begins.");
      case CREATED -> throw new IllegalStateException("There was room.");
    };
  }

  private static GraphException forbidden(String message) {
    return new GraphException(ErrorCode.FORBIDDEN, message);
  }

  private static GraphException notFound() {
    return new GraphException(ErrorCode.RESOURCE_NOT_FOUND, "The object was not found.");
  }
}
