package dev.aftercall.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys an issuer publishes on the web, fetched anew at every call.
 *
 * @param name the issuer, for the log
 * @param location where the keys are; may ask the network
 * @param trustedKeyIssuer whether to take a key that says whom it belongs to, see {@link #keys}
 */
record PublishedKeys(String name, Location location, Predicate<String> trustedKeyIssuer)
    implements JWKSetSource<SecurityContext> {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);

  /** Where to find the keys. */
  interface Location {
    URI find() throws IOException;
  }

  /**
   * By OpenID Connect Discovery 1.0. The document is read again with every fetch of the keys: it is
   * small, and issuers do move their keys.
   *
   * @param documented the issuer the document has to name (section 4.3): else anyone who can answer
   *     at that address could lend the issuer his own keys
   */
  static Location discovered(URI document, String documented) {
    return () -> {
      Map<String, Object> found = WebDocument.fetch(document);
      if (!documented.equals(found.get("issuer"))) {
        throw new IOException(
            document + " names the issuer " + found.get("issuer") + ", expected " + documented);
      }
      if (!(found.get("jwks_uri") instanceof String keys)) {
        throw new IOException(document + " has no jwks_uri");
      }
      return WebDocument.uri(keys);
    };
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
      throws JWKSetRetrievalException {
    try {
      return keys(WebDocument.fetch(location.find()));
    } catch (IOException e) {
      // Seldom: the rate limit is around this, so strangers cannot fill the log.
      LOG.warn("The signing keys of {} cannot be fetched: {}", name, e.toString());
      throw new JWKSetRetrievalException("signing keys of " + name, e);
    }
  }

  /**
   * Keys we do not understand are left out (RFC 7517, section 5), and so are keys that name an
   * issuer other than ours: Entra ID publishes the key of personal accounts beside those of work
   * accounts, and whoever takes it for all of them lets its holder sign for any tenant, as happened
   * in 2023 ("Storm-0558"). Microsoft's own libraries check the same member.
   */
  private JWKSet keys(Map<String, Object> document) throws IOException {
    if (!(document.get("keys") instanceof List<?> published)) {
      throw new IOException("the document has no keys");
    }
    List<JWK> keys = new ArrayList<>();
    for (Object member : published) {
      if (member instanceof Map<?, ?> key
          && (!(key.get("issuer") instanceof String issuer) || trustedKeyIssuer.test(issuer))) {
        publicKey(key).ifPresent(keys::add);
      }
    }
    return new JWKSet(keys);
  }

  private Optional<JWK> publicKey(Map<?, ?> key) {
    Map<String, Object> members = new HashMap<>();
    key.forEach((member, value) -> members.put(String.valueOf(member), value));
    try {
      // A symmetric key has no public half, and none of our algorithms.
      return Optional.ofNullable(JWK.parse(members).toPublicJWK());
    } catch (ParseException | RuntimeException e) {
      LOG.warn("A key of {} is not understood and left out: {}", name, e.toString());
      return Optional.empty();
    }
  }

  @Override
  public void close() {}
}
