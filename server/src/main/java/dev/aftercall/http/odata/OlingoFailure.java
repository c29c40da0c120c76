package dev.aftercall.http.odata;

import dev.aftercall.http.GraphException;
import java.util.Optional;
import org.apache.olingo.commons.api.edm.EdmElement;
import org.apache.olingo.commons.api.edm.EdmStructuredType;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.ODataLibraryException;
import org.apache.olingo.server.core.uri.parser.UriParserSemanticException.MessageKeys;

/** Says in Graph's words what Olingo found wrong, and where. */
final class OlingoFailure {
  private final ExpressionText text;
  private final TrackedTokens tokens;
  private final EdmStructuredType type;

  OlingoFailure(ExpressionText text, TrackedTokens tokens, EdmStructuredType type) {
    this.text = text;
    this.tokens = tokens;
    this.type = type;
  }

  GraphException of(ODataLibraryException e) {
    if (e.getMessageKey() == MessageKeys.EXPRESSION_PROPERTY_NOT_IN_TYPE
        || e.getMessageKey() == MessageKeys.ONLY_FOR_STRUCTURAL_TYPES) {
      return unknownProperty();
    }
    if (e.getMessageKey() == MessageKeys.TYPES_NOT_COMPATIBLE) {
      return SystemOptions.bad(
          "A binary operator with incompatible types was detected before position "
              + text.position(tokens.at())
              + " in '"
              + text.original()
              + "'."
              + text.hint());
    }
    if (e.getMessageKey() == MessageKeys.FUNCTION_NOT_FOUND) {
      return SystemOptions.bad(
          "An unknown function was found before position "
              + text.position(tokens.at())
              + " in '"
              + text.original()
              + "'. "
              + FilterReader.FUNCTIONS);
    }
    return syntax();
  }

  /** What is left is not understood. */
  GraphException syntax() {
    return calledName().orElseGet(() -> text.syntax(text.position(tokens.at())));
  }

  private Optional<GraphException> calledName() {
    String prepared = text.text();
    int end = tokens.at();
    boolean called = end < prepared.length() && prepared.charAt(end) == '(';
    if (!called || end == 0 || !Character.isUnicodeIdentifierPart(prepared.charAt(end - 1))) {
      return Optional.empty();
    }
    int start = text.position(tokens.start());
    return Optional.of(
        SystemOptions.bad(
            "An unknown function with name '"
                + text.original().substring(start, text.position(end))
                + "' was found at position "
                + start
                + " in '"
                + text.original()
                + "'. "
                + FilterReader.FUNCTIONS));
  }

  private GraphException unknownProperty() {
    int start = text.position(tokens.start());
    int end = tokens.at() > 0 ? text.position(tokens.at() - 1) + 1 : start;
    String name = text.original().substring(start, end);
    return calledName()
        .orElseGet(
            () ->
                SystemOptions.bad(
                    "Could not find a property named '"
                        + name
                        + "' on type '"
                        + owner().getFullQualifiedName().getFullQualifiedNameAsString()
                        + "'."));
  }

  /** The type that the last name was looked for in. */
  private EdmType owner() {
    String prepared = text.text();
    int first = tokens.start();
    while (first > 0
        && (prepared.charAt(first - 1) == '/'
            || Character.isUnicodeIdentifierPart(prepared.charAt(first - 1)))) {
      first--;
    }
    EdmType owner = type;
    for (String name : prepared.substring(first, tokens.start()).split("/", -1)) {
      EdmElement element =
          owner instanceof EdmStructuredType structured ? structured.getProperty(name) : null;
      owner = element == null ? owner : element.getType();
    }
    return owner;
  }
}
