package dev.aftercall.dev.issuer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client asks for: one resource, and permissions upon it.
 *
 * @param audience the resource's {@code aud}
 * @param graph whether the resource is the Graph API rather than one of the demo applications
 * @param everything {@code /.default}: whatever was consented
 * @param named delegated permissions by name, without the resource's prefix
 * @param sign {@code openid}, {@code profile}, {@code email}, {@code offline_access}
 * @param asked the words as they came: MSAL looks its cache up by them
 */
record Scopes(
    String audience,
    boolean graph,
    boolean everything,
    Set<String> named,
    Set<String> sign,
    List<String> asked) {
  static final String OFFLINE = "offline_access";
  private static final Set<String> SIGN = Set.of("openid", "profile", "email", OFFLINE);
  private static final String DEFAULT = ".default";

  /** Reads the {@code scope} of a version 2 request. */
  static Scopes parse(String text, Resources resources, String base) {
    Set<String> named = new LinkedHashSet<>();
    Set<String> sign = new LinkedHashSet<>();
    List<String> asked = new ArrayList<>();
    Resources.Resource resource = null;
    boolean everything = false;
    for (String word : text.split(" ", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      if (!word.equals(OFFLINE)) {
        asked.add(word);
      }
      if (SIGN.contains(word)) {
        sign.add(word);
        continue;
      }
      int slash = word.lastIndexOf('/');
      Resources.Resource its =
          slash < 0 ? resources.graph() : resources.find(word.substring(0, slash), base);
      if (resource != null && !resource.equals(its)) {
        throw new OAuthException(
            OAuthError.BAD_SCOPE,
            "The provided value for the input parameter 'scope' is not valid because it contains "
                + "more than one resource. Scope "
                + text
                + " is not valid.");
      }
      resource = its;
      String name = word.substring(slash + 1);
      if (name.equals(DEFAULT)) {
        everything = true;
      } else if (!name.isEmpty()) {
        named.add(name);
      }
    }
    Resources.Resource target = resource == null ? resources.graph() : resource;
    return new Scopes(target.audience(), target.graph(), everything, named, sign, asked);
  }

  /** What a version 1 request asks for by {@code resource}: everything consented upon it. */
  static Scopes ofResource(String resource, Resources resources, String base) {
    Resources.Resource target = resources.find(resource, base);
    // ADAL's successor read both tokens from one answer, so version 1 always gives them.
    return new Scopes(
        target.audience(),
        target.graph(),
        true,
        Set.of(),
        Set.of("openid", "profile", OFFLINE),
        List.of(resource));
  }

  boolean signs(String word) {
    return sign.contains(word);
  }

  /** The same, with the sign-in words of an earlier request: a refresh loses none of them. */
  Scopes withSignOf(Scopes earlier) {
    Set<String> both = new LinkedHashSet<>(earlier.sign());
    both.addAll(sign);
    return new Scopes(audience, graph, everything, named, both, asked);
  }

  /** The permissions a person's token carries through that application. */
  Set<String> granted(DevApp app) {
    Set<String> all = new LinkedHashSet<>(named);
    if (everything && graph) {
      all.addAll(app.delegatedScopes().stream().sorted().toList());
    }
    if (everything && !graph) {
      // Entra's default permission of an exposed API.
      all.add("user_impersonation");
    }
    if (graph) {
      sign.stream().filter(word -> !word.equals(OFFLINE)).forEach(all::add);
    }
    return all;
  }

  /** The {@code scope} of a token answer: what was asked and what came of it. */
  String answered(DevApp app) {
    Set<String> all = new LinkedHashSet<>(asked);
    all.addAll(granted(app));
    return String.join(" ", all);
  }
}
