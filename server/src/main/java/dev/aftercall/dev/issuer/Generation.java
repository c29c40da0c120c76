package dev.aftercall.dev.issuer;

import java.util.UUID;

/** Entra's two generations of endpoints, and what they write into tokens. */
enum Generation {
  /** {@code /oauth2/token} with {@code resource}. */
  V1("1.0", "/"),
  /** {@code /oauth2/v2.0/token} with {@code scope}. */
  V2("2.0", "/v2.0");

  private final String version;
  private final String issuerSuffix;

  Generation(String version, String issuerSuffix) {
    this.version = version;
    this.issuerSuffix = issuerSuffix;
  }

  String version() {
    return version;
  }

  String issuer(String base, UUID tenant) {
    return base + "/" + tenant + issuerSuffix;
  }
}
