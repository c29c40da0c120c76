package dev.aftercall.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * The public keys an issuer signs with. Time comes in as an argument, so that tests can move it.
 */
interface KeySource {
  /**
   * The keys as known now; the same object until something was fetched, so that comparing
   * references tells whether to look again.
   *
   * @throws KeySourceException when none are known and none can be had
   */
  JWKSet current(long nowMillis) throws KeySourceException;

  /**
   * The keys after one attempt to learn more than the given set holds; the given set when the
   * attempt fails or comes too soon after another.
   */
  JWKSet newerThan(JWKSet seen, long nowMillis);
}
