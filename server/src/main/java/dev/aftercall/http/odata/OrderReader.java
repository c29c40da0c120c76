package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.uri.queryoption.OrderByItem;
import org.apache.olingo.server.api.uri.queryoption.OrderByOption;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.core.uri.parser.OrderByParser;

/** Reads an {@code $orderby}. */
final class OrderReader {
  private static final Set<Property> SUPPORTED =
      EnumSet.of(Property.CREATED, Property.ENDED, Property.ID);

  private OrderReader() {}

  /**
   * Reads the items.
   *
   * @throws GraphException 400 that says what is wrong and where
   */
  static List<Order> read(String expression, ArtifactType type) {
    if (expression.isBlank()) {
      throw SystemOptions.bad(
          "The value of query option '$orderby' is empty. Leave the option out, or name a"
              + " property.");
    }
    GraphModel model = GraphModel.model();
    ExpressionText text = ExpressionText.of(expression, model);
    List<Order> order = new ArrayList<>();
    Set<Property> seen = EnumSet.noneOf(Property.class);
    for (OrderByItem item : parse(text, model, model.type(type)).getOrders()) {
      Property property = property(item, type, text);
      if (!seen.add(property)) {
        throw SystemOptions.bad(
            "Property '" + property.path() + "' is named twice in $orderby '" + expression + "'.");
      }
      order.add(new Order(property, item.isDescending()));
    }
    return List.copyOf(order);
  }

  private static OrderByOption parse(ExpressionText text, GraphModel model, EdmEntityType type) {
    TrackedTokens tokens = new TrackedTokens(text.text());
    OlingoFailure failure = new OlingoFailure(text, tokens, type);
    try {
      OrderByOption option =
          new OrderByParser(model.edm(), OData.newInstance())
              .parse(tokens, type, List.of(), Map.of());
      if (!tokens.atEnd()) {
        throw failure.syntax();
      }
      return option;
    } catch (ODataLibraryException e) {
      throw failure.of(e);
    } catch (NullPointerException | IllegalArgumentException | ClassCastException e) {
      // As in FilterReader.
      throw failure.syntax();
    }
  }

  private static Property property(OrderByItem item, ArtifactType type, ExpressionText text) {
    if (item.getExpression() instanceof Member member
        && Paths.of(type).operand(FilterReader.path(member)).orElse(null)
            instanceof Operand.Column(Property property)
        && SUPPORTED.contains(property)) {
      return property;
    }
    String what =
        item.getExpression() instanceof Member member
            ? "'" + FilterReader.path(member) + "'"
            : "An expression";
    throw SystemOptions.bad(
        what
            + " is not supported in $orderby '"
            + text.original()
            + "'. Supported properties: createdDateTime, endDateTime, id.");
  }
}
