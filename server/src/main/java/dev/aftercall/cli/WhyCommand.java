package dev.aftercall.cli;

import dev.aftercall.access.Explanation;
import dev.aftercall.gate.Question;
import dev.aftercall.gate.Why;
import dev.aftercall.jdbc.Database;
import dev.aftercall.jdbc.JdbcAcquaintance;
import dev.aftercall.jdbc.JdbcCatalogue;
import dev.aftercall.jdbc.JdbcMeetings;
import dev.aftercall.jdbc.JdbcRefusals;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.jdbc.JdbcWhereabouts;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Why somebody is let in or refused. */
@Command(
    name = "why",
    description = {
      "Tells rule by rule how a request would be decided now, or why one was refused.",
      "Of a token that is not at hand, what the action needs is assumed unless --permissions says."
    },
    mixinStandardHelpOptions = true)
final class WhyCommand implements Effect.Reads {
  @Mixin private HomeOption home = new HomeOption();
  @Mixin private Output output = new Output();

  @Option(
      names = "--request",
      paramLabel = "REQUEST-ID",
      description = "A request that was refused within the last seven days.")
  private @Nullable String request;

  @Option(
      names = "--caller",
      paramLabel = "WHO",
      description = "user:OID or app:CLIENT-ID; a bare id where it is known.")
  private @Nullable String caller;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description =
          "metadata, content, attributedContent, list, listAll, readMeeting, changeMeeting or"
              + " administer.")
  private @Nullable String action;

  @Option(
      names = "--recording",
      paramLabel = "ID",
      description = "A recording's or transcript's id, or its GUID.")
  private @Nullable String recording;

  @Option(names = "--meeting", paramLabel = "ID", description = "Or a meeting's id.")
  private @Nullable String meeting;

  @Option(
      names = "--user",
      paramLabel = "OID",
      description = "The person in the path. Default: the caller, or the organizer.")
  private @Nullable UUID user;

  @Option(
      names = "--permissions",
      paramLabel = "NAME",
      split = ",",
      description = "Scopes or roles of the token; may be repeated.")
  private @Nullable List<String> permissions;

  @Option(
      names = "--directory-role",
      paramLabel = "GUID",
      split = ",",
      description = "A directory role of the person, by template id; may be repeated.")
  private List<UUID> directoryRoles = List.of();

  @Override
  public Integer call() throws Exception {
    try (Home open = home.open()) {
      UUID tenant = home.tenant(open.database());
      Explanation why =
          request != null ? refused(open.database(), tenant) : asked(open.database(), tenant);
      if (output.json()) {
        Output.json(why);
        return 0;
      }
      Output.line(
          why.allowed()
              ? "Allowed, by " + why.grounds() + "."
              : "Refused by " + why.failingRule() + ": " + why.message());
      if (!why.allowed()) {
        Output.line("What would satisfy it: " + why.remedy());
      }
      output.table(
          List.of("rule", "verdict", "input"),
          why.rules().stream()
              .map(
                  step ->
                      List.of(
                          step.rule(),
                          step.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                          step.input()))
              .toList());
      return 0;
    }
  }

  private Explanation refused(Database database, UUID tenant) {
    return new JdbcRefusals(database, InstantSource.system())
        .find(tenant, String.valueOf(request))
        .orElseThrow(
            () ->
                new Failure(
                    "No request "
                        + request
                        + " of the last seven days was refused in this tenant."))
        .why();
  }

  private Explanation asked(Database database, UUID tenant) {
    Question question =
        new Question(
            tenant,
            given(caller, "--caller"),
            given(action, "--action"),
            Optional.ofNullable(recording),
            Optional.ofNullable(meeting),
            Optional.ofNullable(user),
            Optional.ofNullable(permissions).map(HashSet::new),
            new HashSet<>(directoryRoles));
    return new Why(
            new JdbcRules(database, false),
            new Why.Facts(
                new JdbcCatalogue(database),
                new JdbcMeetings(database),
                new JdbcWhereabouts(database),
                new JdbcAcquaintance(database)),
            InstantSource.system())
        .answer(question);
  }

  private static String given(@Nullable String value, String option) {
    return Optional.ofNullable(value)
        .orElseThrow(
            () -> new Failure("Name " + option + ", or a refused request with --request."));
  }
}
