package dev.aftercall.http.odata;

import dev.aftercall.config.FunctionSpelling;
import dev.aftercall.http.ErrorCode;
import dev.aftercall.http.GraphException;
import dev.aftercall.http.Query;
import dev.aftercall.meeting.GraphIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The values of a function's arguments, aliases resolved.
 *
 * <p>An alias {@code @p} has its value in the query as {@code @p=…} (OData 4.01, URL Conventions,
 * 4.3.1). Kiota's SDKs write the alias of a string in quotes and its value without the sign; Graph
 * refuses that, {@link FunctionSpelling#LENIENT} does not.
 */
record ArgumentValues(
    Arguments arguments, Query query, GetAllFunction function, FunctionSpelling spelling) {

  Optional<UUID> guid(String name) {
    return get(name)
        .map(
            value -> {
              if (value.kind() == Argument.Kind.BARE && strict()) {
                throw broken(value, "Write '" + name + "' in single quotes.");
              }
              return GraphIds.guid(value.text())
                  .orElseThrow(
                      () ->
                          SystemOptions.bad(
                              "The value '"
                                  + value.text()
                                  + "' of the parameter '"
                                  + name
                                  + "' is not a GUID."));
            });
  }

  OptionalLong ticks(String name) {
    Optional<Argument> value = get(name);
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(ticks(name, value.get()));
  }

  private long ticks(String name, Argument value) {
    // In a query, '+' is a blank: what stands where the sign of an offset should be was one.
    String text = strict() ? value.text() : value.text().replace(' ', '+');
    return Optional.of(text)
        .filter(any -> value.kind() == Argument.Kind.BARE)
        .flatMap(DateTimeOffset::parse)
        .map(DateTimeOffset::ticks)
        .orElseThrow(
            () ->
                SystemOptions.bad(
                    "The value '"
                        + value.text()
                        + "' of the parameter '"
                        + name
                        + "' is not an Edm.DateTimeOffset. Write it without quotes, with time and"
                        + " offset: "
                        + DateTimeOffset.EXAMPLE
                        + "."));
  }

  private Optional<Argument> get(String name) {
    return arguments.get(name).flatMap(this::resolve);
  }

  private Optional<Argument> resolve(Argument argument) {
    boolean alias = argument.kind() == Argument.Kind.ALIAS;
    if (!alias && !argument.quotedAlias()) {
      return Optional.of(argument);
    }
    Optional<String> declared = query(argument.text());
    if (strict() && (!alias || declared.isEmpty())) {
      throw broken(
          argument,
          "Write the value itself, "
              + function.word()
              + "("
              + function.userParameter()
              + "='{id}',startDateTime="
              + DateTimeOffset.EXAMPLE
              + "), or an alias '@p' without quotes and '@p={value}' in the query. Setting"
              + " graph.spelling=lenient takes this SDK's spelling too.");
    }
    return declared
        .or(() -> query(argument.text().substring(1)))
        .map(value -> Argument.of(value, argument.position()))
        .filter(value -> !value.absent());
  }

  private boolean strict() {
    return spelling == FunctionSpelling.STRICT;
  }

  private Optional<String> query(String name) {
    List<String> values =
        query.values().entrySet().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
    if (values.size() > 1) {
      throw SystemOptions.bad("Query option '" + name + "' was specified more than once.");
    }
    return values.stream().findFirst();
  }

  private GraphException broken(Argument argument, String remedy) {
    return new GraphException(
        ErrorCode.BAD_REQUEST,
        arguments.syntax(argument.position()).text(),
        Optional.of(new GraphException.Inner("FunctionSpelling", remedy)),
        Map.of());
  }
}
