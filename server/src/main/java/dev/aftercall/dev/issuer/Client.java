package dev.aftercall.dev.issuer;

/** The application that calls, and how it proved to be it. */
record Client(DevApp app, Proof proof) {
  /** Entra's {@code appidacr}. */
  enum Proof {
    /** A public client. */
    NONE("0"),
    /** A client secret. */
    SECRET("1"),
    /** An assertion signed with the client's certificate. */
    CERTIFICATE("2");

    private final String claim;

    Proof(String claim) {
      this.claim = claim;
    }

    String claim() {
      return claim;
    }
  }

  boolean isProven() {
    return proof != Proof.NONE;
  }

  /** For the grants that have no person in them. */
  void mustBeProven() {
    if (!isProven()) {
      throw new OAuthException(
          OAuthError.NO_PROOF,
          "The request body must contain the following parameter: 'client_assertion' or"
              + " 'client_secret'.");
    }
  }
}
