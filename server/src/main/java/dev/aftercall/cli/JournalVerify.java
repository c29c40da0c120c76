package dev.aftercall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.jdbc.JdbcArchives;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.Seal;
import dev.aftercall.journal.Seals;
import dev.aftercall.journal.Verification;
import dev.aftercall.journal.Verification.Result;
import dev.aftercall.seal.SealingKey;
import dev.aftercall.seal.SealingKey.PublicSeal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves the journal's chains. */
@Command(
    name = "verify",
    description = {
      "Walks the journal's hash chains and says the first link that does not hold.",
      "Seals prove that no end was cut off; docs/governance.md says what is proved and what is not.",
      "Exits with 1 when a chain is broken."
    },
    mixinStandardHelpOptions = true)
final class JournalVerify implements Effect.Reads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SAID_EVERY = 100_000;

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--seals",
      paramLabel = "FILE",
      description = "Seals kept elsewhere, beside those of the data folder. May be given often.")
  private List<Path> seals = List.of();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Public key of whoever sealed, beside the data folder's. May be given often.")
  private List<Path> keys = List.of();

  @Option(
      names = "--archives",
      description = "Reads archived months too; else only their ends count.")
  private boolean archives;

  @Option(
      names = "--resume",
      description = "Goes on where the last verification got to, instead of at the beginning.")
  private boolean resume;

  private @Nullable Path progressFile;

  @Override
  public Integer call() throws Exception {
    try (Home open = home.open()) {
      Path folder = open.journal();
      progressFile = folder.resolve("verified.json");
      JdbcArchives store = new JdbcArchives(open.database());
      List<UUID> tenants =
          home.named()
              .map(List::of)
              .orElseGet(() -> store.heads().stream().map(Chain.Head::tenant).toList());
      List<Seal> proved = seals(folder);
      boolean intact = true;
      for (UUID tenant : tenants) {
        Chain from = resume ? reached(tenant) : Chain.START;
        Verification verification =
            new Verification(
                store,
                archives ? Optional.of(open.archives()) : Optional.empty(),
                proved,
                new Steps(tenant));
        intact &= say(tenant, verification.verify(tenant, from));
      }
      if (tenants.isEmpty()) {
        Output.line("The journal is empty.");
      }
      return intact ? 0 : 1;
    }
  }

  private boolean say(UUID tenant, Result result) throws IOException {
    return switch (result) {
      case Result.Intact(Chain from, Chain end, int count) -> {
        keep(tenant, end);
        Output.line(
            "Tenant %s: entries %d to %d are intact, and %d seals agree. Hash of the last: %s"
                .formatted(
                    tenant,
                    Math.min(from.sequence() + 1, end.sequence()),
                    end.sequence(),
                    count,
                    end.hash()));
        yield true;
      }
      case Result.Broken(long sequence, String what) -> {
        Output.line("Tenant %s: BROKEN at entry %d: %s.".formatted(tenant, sequence, what));
        yield false;
      }
    };
  }

  private List<Seal> seals(Path folder) throws IOException {
    List<Path> files = new ArrayList<>(seals);
    if (Files.exists(Seals.file(folder))) {
      files.add(Seals.file(folder));
    }
    List<Path> keyFiles = new ArrayList<>(keys);
    if (Files.exists(SealingKey.publicFile(folder))) {
      keyFiles.add(SealingKey.publicFile(folder));
    }
    List<PublicSeal> known = new ArrayList<>();
    for (Path file : keyFiles) {
      known.add(PublicSeal.read(file));
    }
    List<Seal> proved = new ArrayList<>();
    for (Path file : files) {
      for (Seal seal : Seals.read(file)) {
        if (known.stream().noneMatch(seal::signedBy)) {
          throw new Failure(
              "A seal in %s, of tenant %s and entry %d, is signed by none of the known keys."
                      .formatted(file, seal.tenant(), seal.chain().sequence())
                  + " Name the public key %s with --key, or take the seal for forged."
                      .formatted(seal.key()));
        }
        proved.add(seal);
      }
    }
    return proved;
  }

  /** Says from time to time how far it is, and keeps it for another run. */
  private final class Steps implements Consumer<Chain> {
    private final UUID tenant;
    private long said;

    Steps(UUID tenant) {
      this.tenant = tenant;
    }

    @Override
    public void accept(Chain chain) {
      if (chain.sequence() - said >= SAID_EVERY) {
        said = chain.sequence();
        System.err.println("Tenant " + tenant + ": " + said + " entries so far");
        try {
          keep(tenant, chain);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private Chain reached(UUID tenant) throws IOException {
    JsonNode known = all().path(tenant.toString());
    return known.isObject()
        ? new Chain(known.path("sequence").asLong(), known.path("hash").asText())
        : Chain.START;
  }

  private void keep(UUID tenant, Chain chain) throws IOException {
    ObjectNode all = all();
    all.putObject(tenant.toString()).put("sequence", chain.sequence()).put("hash", chain.hash());
    if (progressFile != null) {
      Files.writeString(progressFile, JSON.writeValueAsString(all));
    }
  }

  private ObjectNode all() throws IOException {
    if (progressFile != null && Files.exists(progressFile)) {
      JsonNode kept = JSON.readTree(progressFile.toFile());
      if (kept instanceof ObjectNode object) {
        return object;
      }
    }
    return JSON.createObjectNode();
  }
}
