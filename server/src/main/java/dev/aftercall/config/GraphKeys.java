package dev.aftercall.config;

import static dev.aftercall.config.Quantity.duration;
import static dev.aftercall.config.ValueTypes.bool;
import static dev.aftercall.config.ValueTypes.guid;
import static dev.aftercall.config.ValueTypes.listOf;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.text;
import static dev.aftercall.config.ValueTypes.url;

import dev.aftercall.config.Key.Default;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The keys of a source that is a tenant of Graph. */
final class GraphKeys {
  private static final List<Key<IntakeSource, ?>> DECLARED = new ArrayList<>();

  static final Key<IntakeSource, List<UUID>> ORGANIZERS =
      key(
          "organizers",
          listOf(guid()),
          "",
          "Of a tenant that is mirrored: object ids of those whose meetings are followed.",
          source -> source.remote().organizers());

  static final Key<IntakeSource, List<UUID>> GROUPS =
      key(
          "groups",
          listOf(guid()),
          "",
          "Groups whose members are followed besides; needs GroupMember.Read.All.",
          source -> source.remote().groups());

  static final Key<IntakeSource, Boolean> CALLS =
      key(
          "calls",
          bool(),
          "true",
          "Whether their ad hoc calls are followed, too; needs CallRecordings.Read.All and"
              + " CallTranscripts.Read.All.",
          source -> source.remote().calls());

  static final Key<IntakeSource, Duration> EVERY =
      key(
          "every",
          duration("10s", "1d"),
          "5m",
          "How often it is asked what is new.",
          source -> source.remote().every());

  static final Key<IntakeSource, Optional<UUID>> TENANT =
      key(
          "tenant",
          optional(guid()),
          "",
          "The tenant that is followed, where it is another than the one that is filled.",
          source -> source.remote().tenant());

  static final Key<IntakeSource, Optional<URI>> LOGIN_URL =
      key(
          "login-url",
          optional(url()),
          "",
          "Where the application gets its tokens; empty for Entra's endpoint of that tenant.",
          source -> source.remote().tokenUrl());

  static final Key<IntakeSource, Optional<String>> SCOPE =
      key(
          "scope",
          optional(text()),
          "",
          "What it asks them for; empty for the url's host with /.default.",
          source -> source.remote().scope());

  /** All of them, as declared. */
  static final List<Key<IntakeSource, ?>> ALL = List.copyOf(DECLARED);

  private GraphKeys() {}

  private static <T> Key<IntakeSource, T> key(
      String name,
      ValueType<T> type,
      String otherwise,
      String description,
      Function<IntakeSource, T> reader) {
    Key<IntakeSource, T> key =
        new Key<>(
            Family.INTAKE_SOURCE.template("graph." + name),
            type,
            new Default(otherwise),
            false,
            description,
            reader);
    DECLARED.add(key);
    return key;
  }
}
