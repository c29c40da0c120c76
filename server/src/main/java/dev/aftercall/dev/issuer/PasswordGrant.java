package dev.aftercall.dev.issuer;

/** {@code password}: a person by name and password, without a page. */
final class PasswordGrant implements Grant {
  static final String TYPE = "password";

  private final Directory directory;
  private final Resources resources;

  PasswordGrant(Directory directory, Resources resources) {
    this.directory = directory;
    this.resources = resources;
  }

  @Override
  public Granted check(Exchange exchange, Client client) {
    String name = exchange.form().require("username");
    String password = exchange.form().require("password");
    DevUser user = person(directory, name);
    if (!Secrets.same(user.password(), password)) {
      throw new OAuthException(
          OAuthError.WRONG_PASSWORD,
          "Error validating credentials due to invalid username or password.");
    }
    return Granted.to(client, user, resources.asked(exchange));
  }

  /** The person of that name, or the refusal Entra gives. */
  static DevUser person(Directory directory, String name) {
    return directory
        .user(name)
        .orElseThrow(
            () ->
                new OAuthException(
                    OAuthError.UNKNOWN_USER,
                    "The user account %s does not exist in the %s directory."
                        .formatted(name, directory.tenant())));
  }
}
