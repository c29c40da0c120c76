package dev.aftercall.preview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.access.RecordingAccess;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.meeting.GraphIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads operations as administrators write them: {@code {"op": "put", "path": "/policies/archive",
 * "value": {"appIds": ["…"]}}}; the paths are those below {@code /admin/v1}.
 */
public final class ProposalReader {
  /** The most operations in one proposal. */
  public static final int MOST = 1_000;

  private static final int LONGEST = 512;
  private static final Set<String> MEMBERS = Set.of("op", "path", "value");

  private ProposalReader() {}

  /**
   * Reads a list of operations.
   *
   * @throws ChangeRefused naming the operation, what is wrong with it and what to write
   */
  public static Proposal read(JsonNode operations) {
    if (!operations.isArray() || operations.isEmpty() || operations.size() > MOST) {
      throw wrong("'operations' must be a list of 1 to " + MOST + " operations.");
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      try {
        steps.add(step(operations.get(i)));
      } catch (ChangeRefused e) {
        throw new ChangeRefused(e.reason(), "operations[" + i + "]: " + e.text(), e.remedy());
      }
    }
    return new Proposal(steps);
  }

  private static Step step(JsonNode operation) {
    List<String> unknown =
        operation.properties().stream()
            .map(java.util.Map.Entry::getKey)
            .filter(name -> !MEMBERS.contains(name))
            .toList();
    String op = operation.path("op").asText("");
    String path = operation.path("path").asText("");
    if (!unknown.isEmpty() || !Set.of("put", "remove").contains(op) || !path.startsWith("/")) {
      throw wrong(
          unknown.isEmpty()
              ? "'op' must be put or remove, and 'path' must begin with '/'."
              : "It has members that are not known: " + String.join(", ", unknown) + ".");
    }
    boolean put = op.equals("put");
    Value value = new Value(operation.path("value"));
    String[] parts = path.substring(1).split("/", -1);
    return switch (parts[0] + parts.length) {
      case "policies2" ->
          put
              ? value.known("appIds", "description").policy(named(parts[1]))
              : new Step.RemovePolicy(named(parts[1]));
      case "grants2" -> {
        if (!parts[1].equals("global")) {
          throw unknown(path);
        }
        yield new Step.GrantEveryone(value.known("policyName").policyIf(put));
      }
      case "grants3" ->
          switch (parts[1]) {
            case "users" ->
                new Step.GrantUser(guid(parts[2]), value.known("policyName").policyIf(put));
            case "groups" ->
                new Step.GrantGroup(
                    guid(parts[2]), value.known("policyName", "rank").rank(), value.policyIf(put));
            default -> throw unknown(path);
          };
      case "groups5" -> {
        if (!parts[2].equals("members") || !parts[3].equals("users")) {
          throw unknown(path);
        }
        yield new Step.Membership(guid(parts[1]), guid(parts[4]), put);
      }
      case "rscGrants1" ->
          new Step.Consent(
              value.known("threadId", "appId", "permission").text("threadId"),
              value.text("appId"),
              value.has("permission") ? value.text("permission") : RecordingAccess.READ_CHAT,
              put);
      case "tenant1" -> {
        if (!put) {
          throw wrong("The tenant's switches can be put, not removed.");
        }
        yield value
            .known(
                "participantDownload",
                "downloadExemptGroupIds",
                "graphTranscriptAccess",
                "attributedTranscripts")
            .switches();
      }
      default -> throw unknown(path);
    };
  }

  /** The value of an operation. */
  private record Value(JsonNode node) {
    Value known(String... names) {
      List<String> unknown =
          node.properties().stream()
              .map(java.util.Map.Entry::getKey)
              .filter(name -> !List.of(names).contains(name))
              .toList();
      if (!unknown.isEmpty()) {
        throw wrong(
            "'value' has members that are not known here: "
                + String.join(", ", unknown)
                + "; known are "
                + String.join(", ", names)
                + ".");
      }
      return this;
    }

    String text(String name) {
      String text = node.path(name).asText("");
      if (!node.path(name).isTextual() || text.isBlank() || text.length() > LONGEST) {
        throw wrong("'value' must have '" + name + "', a text of 1 to " + LONGEST + " characters.");
      }
      return text;
    }

    Step policy(String name) {
      JsonNode apps = node.path("appIds");
      boolean texts =
          StreamSupport.stream(apps.spliterator(), false)
              .allMatch(app -> app.isTextual() && app.textValue().length() <= LONGEST);
      if (!apps.isArray() || !texts) {
        throw wrong("'value' must have 'appIds', a list of client ids.");
      }
      return new Step.PutPolicy(
          name, StreamSupport.stream(apps.spliterator(), false).map(JsonNode::textValue).toList());
    }

    Optional<String> policyIf(boolean put) {
      return put ? Optional.of(text("policyName")) : Optional.empty();
    }

    int rank() {
      JsonNode rank = node.path("rank");
      if (!rank.isMissingNode() && !rank.canConvertToInt()) {
        throw wrong("'rank' must be a whole number.");
      }
      return rank.asInt(1);
    }

    Step switches() {
      return new Step.Switches(
          flag("participantDownload"),
          groups("downloadExemptGroupIds"),
          flag("graphTranscriptAccess"),
          flag("attributedTranscripts"));
    }

    boolean has(String name) {
      return node.has(name);
    }

    private Optional<Set<UUID>> groups(String name) {
      JsonNode list = node.path(name);
      if (list.isMissingNode()) {
        return Optional.empty();
      }
      if (!list.isArray()) {
        throw wrong("'" + name + "' must be a list of groups' ids.");
      }
      return Optional.of(
          StreamSupport.stream(list.spliterator(), false)
              .map(id -> guid(id.asText("")))
              .collect(Collectors.toSet()));
    }

    private Optional<Boolean> flag(String name) {
      JsonNode flag = node.path(name);
      if (!flag.isMissingNode() && !flag.isBoolean()) {
        throw wrong("'" + name + "' must be true or false.");
      }
      return flag.isMissingNode() ? Optional.empty() : Optional.of(flag.booleanValue());
    }
  }

  private static String named(String name) {
    if (name.isBlank() || name.length() > LONGEST) {
      throw wrong("A policy has a name.");
    }
    return name;
  }

  private static UUID guid(String text) {
    return GraphIds.guid(text).orElseThrow(() -> wrong("'" + text + "' is not a GUID."));
  }

  private static ChangeRefused unknown(String path) {
    return wrong("There is nothing to change at '" + path + "'.");
  }

  private static ChangeRefused wrong(String message) {
    return new ChangeRefused(
        ChangeRefused.Reason.INVALID,
        message,
        "Write {\"op\": \"put\" or \"remove\", \"path\": …, \"value\": …} with one of the paths"
            + " /policies/{name}, /grants/users/{id}, /grants/groups/{id}, /grants/global,"
            + " /groups/{id}/members/users/{id}, /rscGrants and /tenant.");
  }
}
