package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.metering.Applications;
import dev.aftercall.metering.Applications.UsageQuery;
import dev.aftercall.metering.Meter;
import dev.aftercall.metering.Usage;
import dev.aftercall.metering.UsageText;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /admin/v1/usage}: what was retrieved, by month, application and meter. */
public final class AdminUsage {
  /** A file has them all; more than these are asked for month by month. */
  private static final int MOST_IN_A_FILE = 100_000;

  private static final String SEPARATOR = "|";

  private static final Shape USAGE =
      Shape.of(
          "admin.usage",
          "What an application retrieved in a calendar month (UTC).",
          Member.readOnly("month", new Kind.Text(7, 7), "Such as 2024-05."),
          Member.readOnly("appId", new Kind.Text(1, 128), "The application's client id."),
          Member.readOnly("meter", new Kind.OneOf(List.of("recording", "transcript")), "Of what."),
          Member.readOnly("retrievals", new Kind.Whole(0, Long.MAX_VALUE), "Download sessions."),
          Member.readOnly("minutes", new Kind.Whole(0, Long.MAX_VALUE), "Of content."),
          Member.readOnly("amount", new Kind.Text(1, 32), "With six digits behind the point."),
          Member.readOnly("currency", new Kind.Text(3, 3), "Of the amount, ISO 4217."));

  private final Applications applications;
  private final String currency;
  private final InstantSource clock;

  /** Speaks for those applications, whose amounts are of that currency. */
  public AdminUsage(Applications applications, String currency, InstantSource clock) {
    this.applications = applications;
    this.currency = currency;
    this.clock = clock;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        door.look(
            "GET",
            "/admin/v1/usage",
            Operation.of("Lists usage; as text/csv the whole of it.")
                .listing(USAGE)
                .option("month", "This month alone, such as 2024-05. Default: the current one.")
                .option("from", "From this month on, in place of month.")
                .option("to", "To this month and no later, in place of month.")
                .option("appId", "Of this application alone.")
                .option("meter", "recording or transcript."),
            this::usage));
  }

  private Answer usage(AdminRequest request) {
    String accept = request.request().header("Accept").orElse("").toLowerCase(Locale.ROOT);
    return accept.contains("text/csv") ? csv(request) : list(request);
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    List<Usage> read =
        applications.usage(query(request, paging.after().map(AdminUsage::open), paging.top() + 1));
    return AdminAnswers.list(request, Page.of(read, paging), AdminUsage::key, this::json);
  }

  private Answer csv(AdminRequest request) {
    List<Usage> all = applications.usage(query(request, Optional.empty(), MOST_IN_A_FILE + 1));
    if (all.size() > MOST_IN_A_FILE) {
      throw AdminRequest.wrong(
          "FileTooLarge",
          "The file would have more than " + MOST_IN_A_FILE + " rows.",
          "Ask for fewer months, for one application, or for pages of JSON.");
    }
    StringBuilder file = new StringBuilder(UsageText.csv(UsageText.COLUMNS));
    all.forEach(usage -> file.append(UsageText.csv(UsageText.row(usage, currency))));
    return Answer.text(200, "text/csv; charset=utf-8; header=present", file.toString())
        .with("Content-Disposition", "attachment; filename=\"usage.csv\"")
        .with("Cache-Control", "private, no-cache");
  }

  private UsageQuery query(AdminRequest request, Optional<Usage> after, int most) {
    Optional<String> month = month(request, "month");
    Optional<String> from = month(request, "from");
    Optional<String> to = month(request, "to");
    if (month.isPresent() && (from.isPresent() || to.isPresent())) {
      throw AdminRequest.wrong(
          "OptionsContradict",
          "The query options 'month' and 'from' or 'to' contradict each other.",
          "Send month for one, or from and to for several.");
    }
    String current = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)).toString();
    boolean several = from.isPresent() || to.isPresent();
    return new UsageQuery(
        request.tenant(),
        from.orElse(several ? "0000-01" : month.orElse(current)),
        to.orElse(several ? "9999-12" : month.orElse(current)),
        request.option("appId"),
        request.option("meter").map(AdminUsage::meter),
        after,
        most);
  }

  private static Optional<String> month(AdminRequest request, String name) {
    return request
        .option(name)
        .map(
            text -> {
              try {
                return YearMonth.parse(text).toString();
              } catch (DateTimeParseException e) {
                throw AdminRequest.wrong(
                    "OptionInvalid",
                    "'" + name + "' is '" + text + "', which is no month.",
                    "Send a month like 2024-05.");
              }
            });
  }

  private static Meter meter(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "recording" -> Meter.RECORDING;
      case "transcript" -> Meter.TRANSCRIPT;
      default ->
          throw AdminRequest.wrong(
              "OptionInvalid", "'meter' is '" + word + "'.", "Send recording or transcript.");
    };
  }

  private static String key(Usage usage) {
    return String.join(SEPARATOR, usage.month(), usage.meter().name(), usage.appId());
  }

  private static Usage open(String key) {
    String[] parts = key.split("\\|", 3);
    return new Usage(parts[0], parts[2], Meter.valueOf(parts[1]), 0, 0, 0);
  }

  private ObjectNode json(Usage usage) {
    return AdminAnswers.object()
        .put("month", usage.month())
        .put("appId", usage.appId())
        .put("meter", usage.meter().name().toLowerCase(Locale.ROOT))
        .put("retrievals", usage.retrievals())
        .put("minutes", usage.minutes())
        .put("amount", UsageText.amount(usage.amount()))
        .put("currency", currency);
  }
}
