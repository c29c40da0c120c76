package dev.aftercall.dev.issuer;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code urn:ietf:params:oauth:grant-type:jwt-bearer}: an application that was called with a
 * person's token exchanges it for one to call Graph on that person's behalf.
 */
final class OnBehalfOfGrant implements Grant {
  static final String TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

  private final SigningKey key;
  private final Directory directory;
  private final Resources resources;
  private final InstantSource clock;

  OnBehalfOfGrant(SigningKey key, Directory directory, Resources resources, InstantSource clock) {
    this.key = key;
    this.directory = directory;
    this.resources = resources;
    this.clock = clock;
  }

  @Override
  public Granted check(Exchange exchange, Client client) {
    client.mustBeProven();
    if (!exchange.form().require("requested_token_use").equals("on_behalf_of")) {
      throw new OAuthException(
          OAuthError.MALFORMED_REQUEST, "requested_token_use must be on_behalf_of.");
    }
    JWTClaimsSet claims = verified(exchange.form().require("assertion"));
    String id = client.app().clientId();
    if (!List.of(id, "api://" + id).containsAll(claims.getAudience())
        || claims.getAudience().isEmpty()) {
      throw new OAuthException(
          OAuthError.USER_ASSERTION_NOT_FOR_APP,
          "Assertion audience does not match the Client app presenting the assertion. The audience"
              + " in the assertion was '"
              + String.join(" ", claims.getAudience())
              + "' and the expected audience is '"
              + id
              + "' or 'api://"
              + id
              + "'.");
    }
    if (!(claims.getClaim("scp") instanceof String)) {
      throw invalid("It is not the access token of a person.");
    }
    DevUser user = PasswordGrant.person(directory, String.valueOf(claims.getClaim("oid")));
    return Granted.to(client, user, resources.asked(exchange));
  }

  private JWTClaimsSet verified(String assertion) {
    try {
      SignedJWT token = SignedJWT.parse(assertion);
      if (!key.signed(token)) {
        throw invalid("It was not signed by this issuer.");
      }
      JWTClaimsSet claims = token.getJWTClaimsSet();
      if (claims.getExpirationTime() == null
          || !claims.getExpirationTime().toInstant().isAfter(clock.instant())) {
        throw invalid("It has expired.");
      }
      if (!directory.tenant().toString().equals(claims.getClaim("tid"))) {
        throw invalid("It is of another tenant.");
      }
      return claims;
    } catch (ParseException e) {
      throw invalid("It is not a signed JWT.");
    }
  }

  private static OAuthException invalid(String why) {
    return new OAuthException(
        OAuthError.USER_ASSERTION_INVALID, "Assertion failed signature or content check. " + why);
  }
}
