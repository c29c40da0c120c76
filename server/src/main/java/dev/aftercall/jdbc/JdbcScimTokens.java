package dev.aftercall.jdbc;

import dev.aftercall.digest.Hmac;
import dev.aftercall.digest.Sha256;
import dev.aftercall.meeting.GraphIds;
import dev.aftercall.scim.ScimTokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Provisioning tokens, in SQL: {@code scim.{id}.{secret}}, of which the secret's hash is kept. */
public final class JdbcScimTokens implements ScimTokens {
  private static final String PREFIX = "scim.";

  private final Database database;

  /** Keeps them in that database. */
  public JdbcScimTokens(Database database) {
    this.database = database;
  }

  private record Kept(Token token, String hash) {}

  @Override
  public Optional<Token> verify(String bearer) {
    String[] parts = bearer.split("\\.", -1);
    if (parts.length != 3 || !bearer.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return GraphIds.guid(parts[1])
        .flatMap(this::find)
        .filter(kept -> Hmac.same(kept.hash(), hash(parts[2])))
        .map(Kept::token)
        .filter(token -> token.revoked().isEmpty());
  }

  private Optional<Kept> find(UUID id) {
    return database.read(
        handle ->
            handle
                .createQuery("select * from scim_token where token_id = :id")
                .bind("id", id.toString())
                .map((row, context) -> new Kept(token(row), row.getString("secret_sha256")))
                .findOne());
  }

  @Override
  public String create(Token token, String secret) {
    database.write(
        handle ->
            handle.execute(
                "insert into scim_token (token_id, tenant_id, name, issuer, secret_sha256,"
                    + " created_ticks) values (?, ?, ?, ?, ?, ?)",
                token.id().toString(),
                token.tenant().toString(),
                token.name(),
                token.issuer().orElse(""),
                hash(secret),
                token.created()));
    return PREFIX + token.id() + "." + secret;
  }

  @Override
  public List<Token> list(UUID tenant) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select * from scim_token where tenant_id = :tenant order by created_ticks")
                .bind("tenant", tenant.toString())
                .map((row, context) -> token(row))
                .list());
  }

  @Override
  public boolean revoke(UUID tenant, UUID id, long now) {
    return database.write(
        handle ->
            handle.execute(
                    "update scim_token set revoked_ticks = ? where tenant_id = ? and token_id = ?"
                        + " and revoked_ticks is null",
                    now,
                    tenant.toString(),
                    id.toString())
                == 1);
  }

  private static Token token(ResultSet row) throws SQLException {
    String issuer = row.getString("issuer");
    long revoked = row.getLong("revoked_ticks");
    boolean isRevoked = !row.wasNull();
    return new Token(
        UUID.fromString(row.getString("token_id")),
        UUID.fromString(row.getString("tenant_id")),
        row.getString("name"),
        issuer.isEmpty() ? Optional.empty() : Optional.of(issuer),
        row.getLong("created_ticks"),
        isRevoked ? Optional.of(revoked) : Optional.empty());
  }

  /** The secret has 256 bits of chance: nothing slower than this is needed. */
  private static String hash(String secret) {
    return Sha256.hex(secret);
  }
}
