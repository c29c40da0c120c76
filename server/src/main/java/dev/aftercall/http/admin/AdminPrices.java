package dev.aftercall.http.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.http.Answer;
import dev.aftercall.http.Operation;
import dev.aftercall.http.Route;
import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;
import dev.aftercall.http.json.Shape;
import dev.aftercall.metering.PriceList;
import dev.aftercall.metering.Tariff;
import dev.aftercall.metering.UsageText;
import dev.aftercall.query.Page;
import dev.aftercall.query.Paging;
import dev.aftercall.time.Ticks;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code /admin/v1/prices}: what a minute costs by the plan standard, and since when. */
public final class AdminPrices {
  private static final Shape PRICE =
      Shape.of(
          "admin.price",
          "What a minute of content costs by the plan standard; the operator's setting.",
          Member.readOnly("meter", new Kind.OneOf(List.of("recording", "transcript")), "Of what."),
          Member.readOnly("fromDateTime", new Kind.Instant(), "From when on."),
          Member.readOnly("toDateTime", new Kind.Instant(), "Until when; null: until changed."),
          Member.readOnly("amount", new Kind.Text(1, 32), "Six digits behind the point."),
          Member.readOnly("currency", new Kind.Text(3, 3), "ISO 4217."));

  private final PriceList list;
  private final boolean charged;

  /** Speaks for that tariff. */
  public AdminPrices(Tariff tariff) {
    this.list = tariff.prices();
    this.charged = tariff.preset() == Tariff.Preset.DOCUMENTED;
  }

  /** The routes of this resource. */
  public List<Route> routes(AdminDoor door) {
    return List.of(
        door.look(
            "GET",
            "/admin/v1/prices",
            Operation.of("Lists the prices; none where nothing is charged.").listing(PRICE),
            this::list));
  }

  private Answer list(AdminRequest request) {
    Paging paging = request.paging();
    int from = paging.after().map(Integer::parseInt).orElse(0);
    List<PriceList.Price> all = charged ? sorted() : List.of();
    List<PriceList.Price> rest = all.subList(Math.min(from, all.size()), all.size());
    return AdminAnswers.list(
        request,
        Page.of(rest, paging),
        price -> Integer.toString(all.indexOf(price) + 1),
        this::json);
  }

  private List<PriceList.Price> sorted() {
    return list.prices().stream()
        .sorted(
            Comparator.comparing(PriceList.Price::meter).thenComparingLong(PriceList.Price::from))
        .toList();
  }

  private ObjectNode json(PriceList.Price price) {
    return AdminAnswers.object()
        .put("meter", price.meter().name().toLowerCase(Locale.ROOT))
        .put("fromDateTime", Ticks.format(price.from()))
        .put("toDateTime", list.ends(price).map(Ticks::format).orElse(null))
        .put("amount", UsageText.amount(price.millionths()))
        .put("currency", list.currency());
  }
}
