package dev.aftercall.cli;

import dev.aftercall.jdbc.JournalReader;
import dev.aftercall.journal.Chain;
import dev.aftercall.journal.EntryCef;
import dev.aftercall.journal.EntryJson;
import dev.aftercall.journal.JournalQuery;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes entries for other systems. */
@Command(
    name = "export",
    description = {
      "Writes entries that are not archived to the standard output, newest first.",
      "As JSON Lines with everything that is hashed, or in the Common Event Format."
    },
    mixinStandardHelpOptions = true)
final class JournalExport implements Effect.Reads {
  private static final int PAGE = 1_000;

  private enum Format {
    JSONL,
    CEF
  }

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private JournalFilter filter = new JournalFilter();

  @Option(
      names = "--format",
      paramLabel = "jsonl|cef",
      description = "Default: jsonl.",
      defaultValue = "jsonl")
  private Format format = Format.JSONL;

  @Override
  public Integer call() throws Exception {
    String version = new Root.Version().getVersion()[0].replace("aftercall ", "");
    Function<Chain.Link, String> line =
        switch (format) {
          case JSONL -> EntryJson::line;
          case CEF -> link -> EntryCef.line(link, version);
        };
    try (Home open = home.open()) {
      BufferedWriter out =
          new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
      write(
          new JournalReader(open.database()),
          filter.query(home.tenant(open.database()), PAGE),
          line,
          out);
      out.flush();
    }
    return 0;
  }

  private static void write(
      JournalReader reader,
      JournalQuery first,
      Function<Chain.Link, String> line,
      BufferedWriter out)
      throws IOException {
    JournalQuery query = first;
    List<Chain.Link> page = reader.page(query);
    while (!page.isEmpty()) {
      for (Chain.Link link : page) {
        out.write(line.apply(link));
        out.write('\n');
      }
      Chain.Link last = page.getLast();
      query = query.behind(new JournalQuery.Position(last.written().entry().at(), last.sequence()));
      page = reader.page(query);
    }
  }
}
