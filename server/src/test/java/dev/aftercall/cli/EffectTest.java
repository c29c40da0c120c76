package dev.aftercall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every command says what its effect is, so that no change goes past the journal. */
final class EffectTest {
  private static Stream<CommandLine> all(CommandLine from) {
    return Stream.concat(
        Stream.of(from), from.getSubcommands().values().stream().flatMap(EffectTest::all));
  }

  private static List<String> undeclared(CommandLine root) {
    List<String> undeclared = new ArrayList<>();
    all(root)
        .forEach(
            line -> {
              boolean runs = line.getSubcommands().isEmpty();
              Object command = line.getCommand();
              boolean declared =
                  runs
                      ? command instanceof Effect
                      : !(command instanceof Callable<?> || command instanceof Runnable);
              if (!declared) {
                undeclared.add(line.getCommandSpec().qualifiedName());
              }
            });
    return undeclared;
  }

  /** A command as somebody may write it who has read nothing. */
  @Command(name = "careless")
  static final class Careless implements Callable<Integer> {
    @Override
    public Integer call() {
      return 0;
    }
  }

  @Test
  void everyCommandIsDeclared() {
    assertThat(undeclared(new CommandLine(new Root())))
        .as("commands that implement none of Effect.Reads, Changes and Serves")
        .isEmpty();
    assertThat(all(new CommandLine(new Root())).count()).isGreaterThan(60);
  }

  @Test
  void oneThatForgetsIsFoundAndDoesNotRun() {
    CommandLine root = new CommandLine(new Root()).addSubcommand(new Careless());
    assertThat(undeclared(root)).containsExactly("aftercall careless");
    assertThatThrownBy(() -> new Witness().execute(root.parseArgs("careless")))
        .hasMessageContaining("does not say what its effect is");
  }

  @Test
  void everyChangeFindsItsJournal() {
    all(new CommandLine(new Root()))
        .filter(line -> line.getCommand() instanceof Effect.Changes)
        .forEach(
            line ->
                assertThat(Witness.home(line.getCommandSpec()))
                    .as(line.getCommandSpec().qualifiedName())
                    .isPresent());
  }

  /** Whoever declares a change as a look fails here, and has to say why it is one. */
  @Test
  void whatLooksIsKnown() {
    assertThat(
            all(new CommandLine(new Root()))
                .filter(line -> line.getCommand() instanceof Effect.Reads)
                .map(line -> line.getCommandSpec().qualifiedName().replace("aftercall ", "")))
        .allMatch(
            name ->
                name.matches(
                    ".* (list|show|export|preview|warnings|verify)"
                        + "|journal (who|seal)|subscriptions test|why|usage"));
  }

  /** Also where the option is within what several commands take. */
  @Test
  void withoutADataFolderACommandSaysSo(@TempDir Path folder) {
    String missing = folder.resolve("none").toString();
    for (List<String> words :
        List.of(
            List.of("policy", "remove", "a"),
            List.of("recording", "delete", "a"),
            List.of("group", "add", TestServer.guid("g").toString()),
            List.of("intake", "list"),
            List.of("intake", "retry", TestServer.guid("a").toString()))) {
      List<String> all = new ArrayList<>(words);
      all.addAll(List.of("--data", missing));
      Shell.Said said = Shell.run(all.toArray(String[]::new));
      assertThat(said.err()).contains("There is no data folder " + missing);
      assertThat(said.code()).isEqualTo(2);
    }
  }

  @Test
  void aDryRunIsNoChange(@TempDir Path folder) {
    GroupImport command = new GroupImport();
    new CommandLine(command).parseArgs("--dry-run", folder.resolve("people.csv").toString());
    assertThat(command.changes()).isFalse();
    VerifyStorage check = new VerifyStorage();
    CommandLine line = new CommandLine(check).setCaseInsensitiveEnumValuesAllowed(true);
    line.parseArgs();
    assertThat(check.changes()).isFalse();
    line.parseArgs("--quarantine-orphans");
    assertThat(check.changes()).isTrue();
  }

  @Test
  void theJournalHearsWhatIsChangedAndNoText() {
    assertThat(
            words(
                "policy",
                "create",
                "bots",
                "--app",
                "one,two",
                "--description",
                "Merger",
                "--data",
                "/srv/x"))
        .containsExactly("aftercall policy create bots --app one,two --description …");
    assertThat(words("policy", "grant", "it's all", "--global"))
        .containsExactly("aftercall policy grant 'it'\\''s all' --global");
    assertThat(words("policy", "create", "a\nb\u202e", "--app", "x"))
        .containsExactly("aftercall policy create 'a?b?' --app x");
    assertThat(words("retention", "set", "a", "--scope", "tenant", "--days", "never"))
        .containsExactly("aftercall retention set a --scope tenant --days never");
    assertThat(words("hold", "place", "h", "--scope", "query", "--value", "x".repeat(1_000)))
        .singleElement()
        .asString()
        .contains("… (1000 characters)")
        .hasSizeLessThan(400);
  }

  @Test
  void manyIdsAreSeveralEntriesAndAllThere() {
    List<String> ids = new ArrayList<>();
    List<String> typed = new ArrayList<>(List.of("recording", "delete"));
    for (int i = 0; i < 100; i++) {
      ids.add(new java.util.UUID(i, i).toString());
    }
    typed.addAll(ids);
    List<String> pieces = words(typed.toArray(String[]::new));
    assertThat(pieces).hasSizeGreaterThan(4).allMatch(it -> it.length() <= Wording.MOST);
    assertThat(pieces).allMatch(it -> it.startsWith("aftercall recording delete "));
    assertThat(String.join(" ", pieces)).contains(ids);
  }

  /** A command with what no command has yet. */
  @Command(name = "confide")
  static final class Confiding implements Effect.Reads {
    @Option(names = "--client-secret")
    private String secret = "";

    @Override
    public Integer call() {
      return secret.length();
    }
  }

  @Test
  void aSecretIsNotWrittenDown() {
    CommandLine.ParseResult parsed =
        new CommandLine(new Confiding()).parseArgs("--client-secret", "hunter2");
    assertThat(Wording.of(parsed)).containsExactly("confide --client-secret …");
  }

  private static List<String> words(String... arguments) {
    CommandLine root = new CommandLine(new Root()).setCaseInsensitiveEnumValuesAllowed(true);
    CommandLine.ParseResult parsed = root.parseArgs(arguments);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return Wording.of(parsed);
  }
}
