package dev.aftercall.cli;

import dev.aftercall.jdbc.JdbcApplications;
import dev.aftercall.metering.Applications.UsageQuery;
import dev.aftercall.metering.Usage;
import dev.aftercall.metering.UsageText;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What was retrieved. */
@Command(
    name = "usage",
    description = "What applications retrieved in a month, and what it costs.",
    mixinStandardHelpOptions = true)
final class UsageCommand implements Effect.Reads {
  private enum Form {
    TABLE,
    JSON,
    CSV
  }

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--month",
      paramLabel = "YYYY-MM",
      description = "A calendar month (UTC). Default: the current one.")
  private @Nullable String month;

  @Option(names = "--app", paramLabel = "ID", description = "Of this application alone.")
  private @Nullable String app;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      description = "table, json or csv. Default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Form form = Form.TABLE;

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() throws Exception {
    String wanted = month();
    String currency = home.tariff().prices().currency();
    try (Home open = home.open()) {
      List<Usage> usage =
          new JdbcApplications(open.database())
              .usage(
                  new UsageQuery(
                      home.tenant(open.database()),
                      wanted,
                      wanted,
                      Optional.ofNullable(app),
                      Optional.empty(),
                      Optional.empty(),
                      Integer.MAX_VALUE));
      List<List<String>> rows = usage.stream().map(one -> UsageText.row(one, currency)).toList();
      switch (form) {
        case TABLE -> Output.rows(UsageText.COLUMNS, rows, false);
        case JSON -> Output.rows(UsageText.COLUMNS, rows, true);
        case CSV -> {
          System.out.print(UsageText.csv(UsageText.COLUMNS));
          rows.forEach(row -> System.out.print(UsageText.csv(row)));
        }
      }
      return 0;
    }
  }

  private String month() {
    if (month == null) {
      return YearMonth.from(InstantSource.system().instant().atOffset(ZoneOffset.UTC)).toString();
    }
    try {
      return YearMonth.parse(month).toString();
    } catch (DateTimeParseException e) {
      String wrong = "--month is '" + month + "'; write a month like 2024-05.";
      throw command == null
          ? new IllegalStateException(wrong)
          : new ParameterException(command.commandLine(), wrong);
    }
  }
}
