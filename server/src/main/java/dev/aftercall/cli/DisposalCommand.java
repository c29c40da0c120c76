package dev.aftercall.cli;

import dev.aftercall.query.Paging;
import dev.aftercall.retention.Certificates;
import dev.aftercall.retention.Disposal;
import dev.aftercall.time.Ticks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Certificates of what is gone. */
@Command(
    name = "disposal",
    description = "Certificates of what was purged.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {DisposalCommand.Show.class, DisposalCommand.Verify.class})
final class DisposalCommand {
  /** Lists certificates. */
  @Command(
      name = "list",
      description = "Lists disposals, newest first.",
      mixinStandardHelpOptions = true)
  static final class Show implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();
    @Mixin private Output output = new Output();

    @Option(names = "--certificates", description = "With the certificates themselves.")
    private boolean certificates;

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        List<String> names =
            new ArrayList<>(List.of("id", "artifact", "disposed", "reason", "rule", "sha256"));
        if (certificates) {
          names.add("certificate");
        }
        output.table(
            names,
            archive
                .rooms()
                .disposals()
                .page(archive.tenant(), Optional.empty(), Paging.ALL.top())
                .stream()
                .map(this::row)
                .toList());
        return 0;
      }
    }

    private List<String> row(Disposal disposal) {
      Map<String, Object> claims = Certificates.claims(disposal);
      List<String> row =
          new ArrayList<>(
              List.of(
                  disposal.id().toString(),
                  disposal.artifact().toString(),
                  Ticks.format(disposal.at()),
                  claim(claims, "removal", "reason"),
                  claim(claims, "removal", "rule"),
                  claim(claims, "artifact", "sha256")));
      if (certificates) {
        row.add(disposal.certificate());
      }
      return row;
    }

    private static String claim(Map<String, Object> claims, String object, String name) {
      return claims.get(object) instanceof Map<?, ?> inner && inner.get(name) != null
          ? String.valueOf(inner.get(name))
          : "";
    }
  }

  /** Verifies certificates. */
  @Command(
      name = "verify",
      description = {
        "Verifies a certificate from a file, or without one every certificate here.",
        "Exit code 1 when one was not signed by this archive or was changed."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Effect.Reads {
    @Mixin private HomeOption home = new HomeOption();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A JWS in compact form.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
      try (Opened archive = Opened.by(home)) {
        Certificates certificates = archive.rooms().certificates();
        if (file != null) {
          Map<String, Object> claims =
              certificates
                  .verify(Files.readString(file))
                  .orElseThrow(
                      () -> new Failure("This certificate is not ours, or it was changed."));
          Output.json(claims);
          return 0;
        }
        long good = 0;
        long bad = 0;
        for (Disposal disposal :
            archive
                .rooms()
                .disposals()
                .page(archive.tenant(), Optional.empty(), Paging.ALL.top())) {
          if (certificates.verify(disposal.certificate()).isPresent()) {
            good++;
          } else {
            bad++;
            Output.line("Disposal %s does not verify.".formatted(disposal.id()));
          }
        }
        Output.line("%d certificates verify, %d do not.".formatted(good, bad));
        return bad == 0 ? 0 : 1;
      }
    }
  }
}
