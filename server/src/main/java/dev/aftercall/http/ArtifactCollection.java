package dev.aftercall.http;

import dev.aftercall.http.odata.ArtifactType;
import dev.aftercall.http.odata.Select;
import java.util.Optional;

/**
 * A collection as a client addressed it.
 *
 * @param self its own address without query, which links go on from
 * @param url how addresses of content begin: {@code https://host/v1.0/users/{id}}
 * @param context what {@code @odata.context} says, without a selection
 * @param selectInContext whether a selection is said there
 * @param typed whether items say their type
 * @param tip what Graph advises those who select nothing
 */
record ArtifactCollection(
    ArtifactType type,
    String self,
    String url,
    String context,
    boolean selectInContext,
    boolean typed,
    Optional<String> tip) {

  String context(Select select) {
    return selectInContext ? context + select.inContext() : context;
  }

  String nextLink(String token) {
    return self + "?$skiptoken=" + token;
  }

  String deltaLink(String token) {
    return self + "?$deltatoken=" + token;
  }
}
