package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What holds when nothing is set. The lists are exhaustive: a key that is added, renamed or given
 * another default fails here first.
 */
class SettingsDefaultsTest {
  private static final List<String> GENERAL =
      List.of(
          "data-dir=/data",
          "http.enabled=true",
          "http.host=127.0.0.1",
          "http.port=8080",
          "http.public-url=",
          "http.trusted-proxies=",
          "http.max-header-bytes=16384",
          "http.max-requests-in-flight=4096",
          "http.idle-timeout=1m",
          "https.port=8443",
          "https.certificate=",
          "https.key=",
          "graph.cloud=global",
          "graph.spelling=lenient",
          "graph.require-calendar-event=false",
          "delta.tombstones=off",
          "delta.token-lifetime=30d",
          "throttle=off",
          "database.url=",
          "database.user=",
          "database.password=",
          "database.pool-size=8",
          "content.store=disk",
          "intake.max-size=100GiB",
          "intake.session-lifetime=7d",
          "intake.faststart=false",
          "intake.ffmpeg=",
          "intake.previews=0",
          "notifications.allowed-networks=",
          "log.format=text",
          "log.level=info",
          "retention.every=1h",
          "retention.default-days=120",
          "retention.trash-period=93d",
          "retention.warn-before=14d",
          "retention.largest-run=10",
          "retention.largest-clock-step=7d",
          "storage.verify-every=7d",
          "storage.verify-hash=sample=1%",
          "storage.verify-rate=32MiB",
          "storage.orphan-grace=1d",
          "metrics.enabled=false",
          "metrics.token=",
          "metering.preset=documented",
          "metering.currency=USD",
          "metering.prices=recording 2024-01-01 0.003,transcript 2024-01-01 0.0022");

  @Test
  void generalKeys() {
    assertThat(Examples.load().dump()).isEqualTo(GENERAL);
  }

  @Test
  void objectStore() {
    assertThat(Examples.load("content.store=s3").dump())
        .filteredOn(line -> !GENERAL.contains(line))
        .containsExactly(
            "content.store=s3",
            "content.s3.endpoint=",
            "content.s3.region=us-east-1",
            "content.s3.bucket=",
            "content.s3.prefix=",
            "content.s3.access-key=",
            "content.s3.secret-key=",
            "content.s3.path-style=true",
            "content.s3.chunked-encoding=true",
            "content.s3.part-size=16MiB",
            "content.s3.delivery=proxy",
            "content.s3.redirect-lifetime=5m");
  }

  @Test
  void entraIssuer() {
    Settings settings =
        Examples.load(
            "issuer.a.type=entra",
            "issuer.a.tenant=" + Examples.TENANT,
            "issuer.a.audiences=api://aftercall",
            "graph.cloud=usgov-l4");
    assertThat(settings.dump())
        .filteredOn(line -> line.startsWith("issuer"))
        .containsExactly(
            "issuer.a.type=entra",
            "issuer.a.url=https://login.microsoftonline.us/" + Examples.TENANT + "/v2.0",
            "issuer.a.tenant=" + Examples.TENANT,
            "issuer.a.audiences=api://aftercall",
            "issuer.a.claim.user=oid",
            "issuer.a.claim.tenant=tid",
            "issuer.a.claim.scopes=scp",
            "issuer.a.claim.roles=roles",
            "issuer.a.claim.app=azp",
            "issuer.a.claim.name=preferred_username",
            "issuer.a.claim.directory-roles=wids",
            "issuer.a.application-claim=idtyp",
            "issuer.a.application-prefix=app");
  }

  @Test
  void oidcIssuer() {
    Settings settings =
        Examples.load(
            "issuer.a.type=oidc",
            "issuer.a.url=https://sso.example.com/realms/a",
            "issuer.a.audiences=aftercall",
            "issuer.a.claim.tenant=org");
    assertThat(settings.dump())
        .filteredOn(line -> line.startsWith("issuer"))
        .containsExactly(
            "issuer.a.type=oidc",
            "issuer.a.url=https://sso.example.com/realms/a",
            "issuer.a.tenant=",
            "issuer.a.audiences=aftercall",
            "issuer.a.claim.user=sub",
            "issuer.a.claim.tenant=org",
            "issuer.a.claim.scopes=scope",
            "issuer.a.claim.roles=roles",
            "issuer.a.claim.app=azp",
            "issuer.a.claim.name=preferred_username",
            "issuer.a.claim.directory-roles=wids",
            "issuer.a.application-claim=preferred_username",
            "issuer.a.application-prefix=service-account-");
  }

  @Test
  void defaultsAreReadLikeWhatIsSet() {
    String[] pasted =
        Stream.concat(GENERAL.stream(), Stream.of("issuer.a.claim.user=")).toArray(String[]::new);
    assertThat(Examples.loadOnly(Map.of(), pasted)).isEqualTo(Examples.load());
  }

  @Test
  void catalogueLiesInTheDataFolder() {
    assertThat(Examples.load().databaseUrl()).isEqualTo("jdbc:sqlite:/data/aftercall.db");
    assertThat(Examples.load("database.url=jdbc:sqlite:/x.db").databaseUrl())
        .isEqualTo("jdbc:sqlite:/x.db");
  }

  @Test
  void variablesAloneAreEnough() {
    Settings settings = Settings.load(Optional.empty(), Map.of("AFTERCALL_DATA_DIR", "/data"));
    assertThat(settings).isEqualTo(Examples.load());
  }
}
