package dev.aftercall.preview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.access.Rules;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Effects as JSON; the admin API and the command line write the same. */
public final class EffectsJson {
  private EffectsJson() {}

  /** The whole. */
  public static ObjectNode of(Effects effects, List<String> warnings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode summary = json.putArray("summary");
    effects.sentences().forEach(summary::add);
    ArrayNode applications = json.putArray("applications");
    for (Effects.Application each : effects.applications()) {
      ObjectNode application = applications.addObject().put("appId", each.appId());
      people(application.putObject("gained"), each.gained());
      people(application.putObject("lost"), each.lost());
    }
    consents(json.putArray("consentsGained"), effects.consentsGained());
    consents(json.putArray("consentsLost"), effects.consentsLost());
    json.putObject("downloads")
        .put("participantsBefore", effects.downloads().participantsBefore())
        .put("participantsAfter", effects.downloads().participantsAfter())
        .put("personsGained", effects.downloads().gained())
        .put("personsLost", effects.downloads().lost());
    ArrayNode said = json.putArray("warnings");
    warnings.forEach(said::add);
    return json;
  }

  private static void people(ObjectNode json, Effects.People people) {
    json.put("persons", people.persons())
        .put("organizers", people.organizers())
        .put("new", people.fresh());
    ArrayNode first = json.putArray("first");
    people.first().forEach(person -> first.add(person.toString()));
  }

  private static void consents(ArrayNode json, Map<String, Set<Rules.Consent>> consents) {
    consents.forEach(
        (thread, all) ->
            all.forEach(
                it ->
                    json.addObject()
                        .put("threadId", thread)
                        .put("appId", it.appId())
                        .put("permission", it.permission())));
  }
}
