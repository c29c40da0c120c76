package dev.aftercall.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/** Keys made once for all tests, since making RSA keys is slow. */
final class Keys {
  static final RSAKey FIRST = rsa("first");
  static final RSAKey SECOND = rsa("second");
  static final ECKey CURVE = ec(Curve.P_256, "curve");
  static final ECKey BIG_CURVE = ec(Curve.P_384, "big-curve");

  private Keys() {}

  private static RSAKey rsa(String kid) {
    try {
      return new RSAKeyGenerator(2048).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(Curve curve, String kid) {
    try {
      return new ECKeyGenerator(curve).keyID(kid).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
