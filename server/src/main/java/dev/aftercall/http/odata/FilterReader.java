package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Place;
import dev.aftercall.query.Filter.Relation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.olingo.commons.api.edm.EdmEntityType;
import org.apache.olingo.server.api.OData;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.api.uri.UriResource;
import org.apache.olingo.server.api.uri.UriResourceProperty;
import org.apache.olingo.server.api.uri.queryoption.expression.Binary;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.Method;
import org.apache.olingo.server.api.uri.queryoption.expression.Unary;
import org.apache.olingo.server.api.uri.queryoption.expression.UnaryOperatorKind;
import org.apache.olingo.server.core.uri.parser.ExpressionParser;

/**
 * Reads a {@code $filter}: Olingo parses it over the model, what it found becomes a {@link Filter}.
 */
public final class FilterReader {
  static final String FUNCTIONS = "Supported functions: contains, endswith, startswith.";

  private static final OData OLINGO = OData.newInstance();
  private static final Map<BinaryOperatorKind, Relation> RELATIONS =
      Map.of(
          BinaryOperatorKind.EQ, Relation.EQUAL,
          BinaryOperatorKind.NE, Relation.NOT_EQUAL,
          BinaryOperatorKind.LT, Relation.LESS,
          BinaryOperatorKind.LE, Relation.LESS_OR_EQUAL,
          BinaryOperatorKind.GT, Relation.GREATER,
          BinaryOperatorKind.GE, Relation.GREATER_OR_EQUAL);

  private final ExpressionText text;
  private final Iterator<List<Integer>> nulls;
  private final ArtifactType type;

  private FilterReader(ExpressionText text, ArtifactType type) {
    this.text = text;
    this.nulls = text.nullItems().iterator();
    this.type = type;
  }

  /**
   * Reads a condition on that type.
   *
   * @param expression decoded
   * @throws GraphException 400 that says what is wrong and where
   */
  public static Filter read(String expression, ArtifactType type) {
    if (expression.isBlank()) {
      throw SystemOptions.bad(
          "The value of query option '$filter' is empty. Leave the option out, or write a"
              + " condition.");
    }
    GraphModel model = GraphModel.model();
    ExpressionText text = ExpressionText.of(expression, model);
    return new FilterReader(text, type).condition(parse(text, model, model.type(type)));
  }

  private static Expression parse(ExpressionText text, GraphModel model, EdmEntityType type) {
    TrackedTokens tokens = new TrackedTokens(text.text());
    OlingoFailure failure = new OlingoFailure(text, tokens, type);
    try {
      Expression expression =
          new ExpressionParser(model.edm(), OLINGO).parse(tokens, type, List.of(), Map.of());
      if (!tokens.atEnd()) {
        throw failure.syntax();
      }
      return expression;
    } catch (ODataLibraryException e) {
      throw failure.of(e);
    } catch (NullPointerException | IllegalArgumentException | ClassCastException e) {
      // Olingo trips over its own feet where a type is missing, as in "null in ('a')".
      throw failure.syntax();
    }
  }

  private Filter condition(Expression expression) {
    return switch (operand(expression)) {
      case Operand.Condition(Filter filter) -> filter;
      case Operand.Null none -> Conditions.constant(false);
      default -> throw unsupported("The $filter expression must evaluate to a boolean value");
    };
  }

  private Operand operand(Expression expression) {
    return switch (expression) {
      case Member member -> member(member);
      case Literal literal -> literal(literal);
      case Unary unary -> not(unary);
      case Method method -> method(method);
      case Binary binary -> new Operand.Condition(binary(binary));
      default -> throw unsupported("This kind of expression is not supported in $filter");
    };
  }

  private Operand member(Member member) {
    return Paths.of(type).operand(path(member)).orElseThrow(() -> notComparable(path(member)));
  }

  /** The names from the type on; casts to a derived type say nothing more. */
  static String path(Member member) {
    return member.getResourcePath().getUriResourceParts().stream()
        .map(FilterReader::name)
        .collect(Collectors.joining("/"));
  }

  private static String name(UriResource part) {
    return part instanceof UriResourceProperty property
        ? property.getProperty().getName()
        : part.toString();
  }

  private GraphException notComparable(String path) {
    return unsupported("'" + path + "' cannot be used in $filter");
  }

  private Operand literal(Literal literal) {
    String text = literal.getText();
    String kind = literal.getType() == null ? "null" : literal.getType().getName();
    return switch (kind) {
      case "null" -> new Operand.Null();
      case "String" -> new Operand.Text(text.substring(1, text.length() - 1).replace("''", "'"));
      case "Boolean" -> new Operand.Condition(Conditions.constant(Boolean.parseBoolean(text)));
      case "DateTimeOffset" ->
          new Operand.Moment(
              DateTimeOffset.parse(text)
                  .orElseThrow(
                      () -> unsupported("'" + text + "' is not a valid Edm.DateTimeOffset")));
      default -> throw unsupported("A literal of type 'Edm." + kind + "' cannot be compared here");
    };
  }

  private Operand not(Unary unary) {
    if (unary.getOperator() != UnaryOperatorKind.NOT) {
      throw unsupported("The operator '-' is not supported");
    }
    return new Operand.Condition(Conditions.not(condition(unary.getOperand())));
  }

  private Operand method(Method method) {
    Place place =
        switch (method.getMethod()) {
          case STARTSWITH -> Place.START;
          case ENDSWITH -> Place.END;
          case CONTAINS -> Place.ANYWHERE;
          default ->
              throw SystemOptions.bad(
                  "Function '" + method.getMethod() + "' is not supported. " + FUNCTIONS);
        };
    List<Expression> parameters = method.getParameters();
    return new Operand.Condition(
        Conditions.match(operand(parameters.getFirst()), place, operand(parameters.getLast()))
            .orElseThrow(
                () ->
                    unsupported(
                        "Function '"
                            + method.getMethod()
                            + "' takes a property and a string literal here")));
  }

  private Filter binary(Binary binary) {
    BinaryOperatorKind operator = binary.getOperator();
    return switch (operator) {
      case AND ->
          Conditions.and(condition(binary.getLeftOperand()), condition(binary.getRightOperand()));
      case OR ->
          Conditions.or(condition(binary.getLeftOperand()), condition(binary.getRightOperand()));
      case IN -> in(binary);
      default ->
          Optional.ofNullable(RELATIONS.get(operator))
              .flatMap(
                  relation ->
                      Conditions.compare(
                          operand(binary.getLeftOperand()),
                          relation,
                          operand(binary.getRightOperand())))
              .orElseThrow(
                  () ->
                      unsupported(
                          "Operator '"
                              + operator
                              + "' is supported between a property and a literal alone"));
    };
  }

  private Filter in(Binary binary) {
    if (binary.getRightOperand() != null) {
      throw unsupported("Operator 'in' takes a list of literals in parentheses");
    }
    List<Operand.Constant> items = new ArrayList<>();
    for (Expression item : binary.getExpressions()) {
      if (!(operand(item) instanceof Operand.Constant constant)) {
        throw unsupported("Operator 'in' takes literals alone");
      }
      items.add(constant);
    }
    // Olingo cannot have them; the lists are met in the order they are written in.
    nulls.next().forEach(index -> items.add(index, new Operand.Null()));
    return Conditions.in(operand(binary.getLeftOperand()), items)
        .orElseThrow(() -> unsupported("Operator 'in' takes a property on its left"));
  }

  private GraphException unsupported(String what) {
    return SystemOptions.bad(what + ", in '" + text.original() + "'.");
  }
}
