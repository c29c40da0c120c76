package dev.aftercall.identity;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A token that is well-formed and of which nothing is believed yet. */
record BearerToken(SignedJWT jwt, Claims claims) {
  /** Entra ID keeps tokens below 8 KiB or so; past this bound nobody parses a stranger's text. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final String SCHEME = "Bearer";

  /** Three base64url parts; the parser behind this is lenient, RFC 7515 section 2 is not. */
  private static final Pattern COMPACT = Pattern.compile("[\\w-]*\\.[\\w-]*\\.[\\w-]*");

  /** Takes the token out of an {@code Authorization} header (RFC 6750, section 2.1). */
  static String in(Optional<String> header) throws AuthenticationException {
    String value = header.orElse("").strip();
    if (value.isEmpty()) {
      throw Refusal.noToken();
    }
    int blank = value.indexOf(' ');
    String scheme = blank < 0 ? value : value.substring(0, blank);
    if (!scheme.equalsIgnoreCase(SCHEME)) {
      throw Refusal.wrongScheme();
    }
    String token = value.substring(scheme.length()).strip();
    if (token.isEmpty()) {
      throw Refusal.noToken();
    }
    if (token.length() > MAX_LENGTH) {
      throw Refusal.tooLong(MAX_LENGTH);
    }
    return token;
  }

  /** Reads a compact JWS; refuses what is none, what is unsigned and what is encrypted. */
  static BearerToken parse(String token) throws AuthenticationException {
    if (!COMPACT.matcher(token).matches()) {
      throw Refusal.notAToken();
    }
    try {
      JWT jwt = JWTParser.parse(token);
      if (!(jwt instanceof SignedJWT signed)) {
        // alg "none" (RFC 7519, section 6); encrypted tokens have five parts and ended above.
        throw Refusal.badSignature("Send a token that is signed.");
      }
      // The decoder overlooks the spare bits of the last character. One token, one spelling: what
      // is not canonical was altered on the way.
      if (!Base64URL.encode(signed.getSignature().decode()).equals(signed.getSignature())) {
        throw Refusal.notAToken();
      }
      @Nullable Map<String, Object> claims = signed.getPayload().toJSONObject();
      if (claims == null) {
        throw Refusal.notAToken();
      }
      return new BearerToken(signed, new Claims(claims));
    } catch (ParseException | RuntimeException e) {
      // The library answers some headers, "null" for one, with a NullPointerException.
      throw Refusal.notAToken();
    }
  }
}
