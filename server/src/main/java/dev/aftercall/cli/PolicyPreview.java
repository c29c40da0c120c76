package dev.aftercall.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.access.Rules;
import dev.aftercall.change.ChangeRefused;
import dev.aftercall.jdbc.JdbcKnownPeople;
import dev.aftercall.jdbc.JdbcRules;
import dev.aftercall.preview.Effects;
import dev.aftercall.preview.EffectsJson;
import dev.aftercall.preview.Proposal;
import dev.aftercall.preview.ProposalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what a change would open and close. */
@Command(
    name = "preview",
    description = {
      "Says what a change of policies, grants, groups and consent would open and close.",
      "FILE is what POST /admin/v1/preview takes: {\"operations\": [{\"op\": \"put\", \"path\":"
          + " \"/policies/archive\", \"value\": {\"appIds\": [\"…\"]}}, …]}. Changes nothing."
    },
    mixinStandardHelpOptions = true)
final class PolicyPreview implements Effect.Reads {
  @Mixin private HomeOption home = new HomeOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The change, as JSON; - for standard input.")
  private Path file = Path.of("-");

  @Option(
      names = "--show",
      paramLabel = "N",
      description = "How many ids of people to name. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int shown = 20;

  @Override
  public Integer call() throws Exception {
    Proposal proposal = proposal();
    try (Home open = home.open()) {
      UUID tenant = home.tenant(open.database());
      Rules now = new JdbcRules(open.database(), false).of(tenant);
      Effects effects =
          Effects.between(
              now,
              proposal.applyTo(now),
              new JdbcKnownPeople(open.database()).organizers(tenant),
              Math.max(0, shown));
      List<String> warnings = proposal.warnings(now);
      if (output.json()) {
        Output.json(EffectsJson.of(effects, warnings));
      } else {
        List<String> sentences = effects.sentences();
        sentences.forEach(Output::line);
        if (sentences.isEmpty()) {
          Output.line("Nothing would be opened or closed.");
        }
        warnings.forEach(warning -> Output.line("Warning: " + warning));
      }
      return 0;
    }
  }

  private Proposal proposal() throws IOException {
    byte[] text = file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
    try {
      JsonNode json = new ObjectMapper().readTree(text);
      return ProposalReader.read(json.isArray() ? json : json.path("operations"));
    } catch (JsonProcessingException e) {
      throw new Failure(file + " is not JSON: " + e.getOriginalMessage());
    } catch (ChangeRefused e) {
      throw new Failure(e.text() + " " + e.remedy());
    }
  }
}
