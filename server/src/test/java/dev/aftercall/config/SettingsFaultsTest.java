package dev.aftercall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aftercall.config.Keys.Renamed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is refused, and whether the refusal helps. */
class SettingsFaultsTest {
  @Test
  void allFaultsAtOnceEachWithItsPlace() {
    assertThat(
            Examples.faults(
                Map.of(
                    "AFTERCALL_LOG_LEVEL", "loud",
                    "AFTERCALL_HTTP_HOSTS", "::",
                    "AFTERCALL_DATA_DIR", ""),
                "# a comment",
                "http.prot=80",
                "http.port=eighty",
                "http.idle-timeout=60",
                "https.key=/key.pem",
                "content.s3.bucket=b",
                "issuer.a.audience=x"))
        .containsExactlyInAnyOrder(
            "http.prot (FILE:2): there is no such key. Did you mean http.port?",
            "issuer.a.audience (FILE:7): there is no such key. Did you mean issuer.a.audiences?"
                + " Allowed: issuer.<name>.<key>, with a name of lower-case letters, digits and"
                + " hyphens.",
            "AFTERCALL_HTTP_HOSTS (environment variable AFTERCALL_HTTP_HOSTS): there is no such"
                + " key. Did you mean AFTERCALL_HTTP_HOST?",
            "data-dir: the key has to be set. Allowed: a path.",
            "http.port (FILE:3): 'eighty' is not a number in bounds. Allowed: a number from 0 to"
                + " 65535.",
            "http.idle-timeout (FILE:4): '60' has no unit. Allowed: a duration from 1s to 1d, such"
                + " as 30s, 5m, 12h or 7d.",
            "log.level (environment variable AFTERCALL_LOG_LEVEL): 'loud' is not one of debug,"
                + " info, warn. Allowed: one of debug, info, warn.",
            "https.certificate: https.key is set without its certificate. Allowed: both or none.",
            "content.s3.bucket (FILE:6): the key has no effect, for content.store is disk."
                + " Allowed: the key together with content.store=s3.");
  }

  @Test
  void whatIsWrongWithSinksIsToldUnderTheirNames() {
    assertThat(
            Examples.faults(
                Map.of("AFTERCALL_NOTIFICATIONS_KAFKA_ERP_TOPICS", "x"),
                "notifications.webhook.crm.tenant=" + Examples.TENANT,
                "notifications.webhook.crm.url=http://example.com/hook",
                "notifications.webhook.crm.secret=short",
                "notifications.webhook.crm.secrt=x",
                "notifications.kafka.erp.tenant=" + Examples.TENANT,
                "notifications.kafka.erp.brokers=broker",
                "notifications.kafka.erp.topic=a topic",
                "notifications.kafka.erp.user=teller"))
        .anySatisfy(it -> assertThat(it).contains("Did you mean notifications.webhook.crm.secret?"))
        .anySatisfy(it -> assertThat(it).contains("mean AFTERCALL_NOTIFICATIONS_KAFKA_ERP_TOPIC?"))
        .anySatisfy(it -> assertThat(it).startsWith("notifications.webhook.crm.url"))
        .anySatisfy(
            it -> assertThat(it).startsWith("notifications.webhook.crm.secret").contains("whsec_"))
        .anySatisfy(it -> assertThat(it).startsWith("notifications.kafka.erp.brokers"))
        .anySatisfy(it -> assertThat(it).startsWith("notifications.kafka.erp.topic"))
        .anySatisfy(it -> assertThat(it).startsWith("notifications.kafka.erp.password"));
  }

  @Test
  void whatEachKindOfSourceNeedsIsTold() {
    String tenant = ".tenant=" + Examples.TENANT;
    assertThat(
            Examples.faults(
                "intake.source.drop.type=folder",
                "intake.source.drop" + tenant,
                "intake.source.tars.type=scalelite",
                "intake.source.tars" + tenant,
                "intake.source.tars.folder=tars",
                "intake.source.bbb.type=bigbluebutton",
                "intake.source.bbb" + tenant,
                "intake.source.bbb.secret=proof"))
        .hasSize(3)
        .anySatisfy(it -> assertThat(it).startsWith("intake.source.drop.folder").contains("watch"))
        .anySatisfy(it -> assertThat(it).startsWith("intake.source.tars.folder"))
        .anySatisfy(it -> assertThat(it).startsWith("intake.source.bbb.url").contains("bbb-conf"));
  }

  @Test
  void aHostThatIsNoneIsToldBeforeAnythingIsOpened() {
    assertThat(
            Examples.faults(
                "intake.source.web.type=upload",
                "intake.source.web.tenant=" + Examples.TENANT,
                "intake.source.web.secret=proof",
                "intake.source.web.hosts=files.example.com,*.org"))
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith("intake.source.web.hosts").contains("*.org"));
  }

  @Test
  void pricesThatAreNoneAreNamed() {
    assertThat(Examples.faults("metering.currency=gold", "metering.prices=video 2024-01-01 1"))
        .hasSize(2)
        .anySatisfy(it -> assertThat(it).startsWith("metering.currency").contains("'gold'"))
        .anySatisfy(it -> assertThat(it).startsWith("metering.prices").contains("'video'"));
    for (String wrong :
        List.of(
            "recording 0.003",
            "recording 2024-02-30 0.003",
            "recording 2024-01-01 -1",
            "recording 2024-01-01 0.0000001",
            "recording 2024-01-01 9999999",
            "recording 2024-01-01 1,recording 2024-01-01 2")) {
      assertThat(Examples.faults("metering.prices=" + wrong))
          .as(wrong)
          .singleElement()
          .satisfies(it -> assertThat(it).startsWith("metering.prices"));
    }
  }

  @Test
  void messageListsThemAll() {
    assertThatThrownBy(() -> Examples.load("http.port=x", "nonsense=1"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("The configuration has 2 faults:")
        .hasMessageContaining("http.port")
        .hasMessageContaining("nonsense");
  }

  @Test
  void environmentWinsButNotWithNothing() {
    Settings settings =
        Examples.load(
            Map.of("AFTERCALL_HTTP_PORT", "1", "AFTERCALL_HTTPS_PORT", " "),
            "http.port=2",
            "https.port=3");
    assertThat(settings.http().port()).isEqualTo(1);
    assertThat(settings.https().port()).isEqualTo(3);
  }

  @Test
  void variablesOfOthersAreLeftAlone() {
    Settings settings =
        Examples.load(
            Map.of(
                "AFTERCALL_JAVA_OPTIONS", "-Xmx1g",
                "AFTERCALL_JAVA_FLAGS", "-Xmx1g",
                "AFTERCALL_AOT", "off",
                "AFTERCALL_TEST_POSTGRES", "jdbc:…",
                "PATH", "/bin"));
    assertThat(settings).isEqualTo(Examples.load());
  }

  @Test
  void serviceLinksOfKubernetesAreNoSettings() {
    Settings settings =
        Examples.load(
            Map.of(
                "AFTERCALL_SERVICE_HOST", "10.0.0.1",
                "AFTERCALL_SERVICE_PORT_HTTP", "8080",
                "AFTERCALL_PORT", "tcp://10.0.0.1:8080",
                "AFTERCALL_PORT_8080_TCP_ADDR", "10.0.0.1",
                "AFTERCALL_HTTP_PORT", "tcp://10.0.0.2:8080"));
    assertThat(settings.http().port()).isEqualTo(8080);
  }

  @Test
  void renamedKeysSayTheirNewName() {
    SettingsReader reader =
        new SettingsReader(
            List.of(
                new Renamed("http.bind", "http.host"),
                new Renamed("issuer.<name>.aud", "issuer.<name>.audiences")));
    assertThatThrownBy(
            () ->
                reader.read(
                    Optional.empty(),
                    Map.of(
                        "AFTERCALL_HTTP_BIND", "::",
                        "AFTERCALL_ISSUER_A_B_AUD", "x",
                        "AFTERCALL_DATA_DIR", "/data")))
        .hasMessageContaining(
            "http.bind (environment variable AFTERCALL_HTTP_BIND): the key is now")
        .hasMessageContaining("called http.host. Allowed: AFTERCALL_HTTP_HOST.")
        .hasMessageContaining("issuer.a-b.aud ")
        .hasMessageContaining("Allowed: AFTERCALL_ISSUER_A_B_AUDIENCES.");
  }

  @Test
  void renamedKeysAreGoneAndTheirSuccessorsExist() {
    assertThat(Keys.RENAMED)
        .allSatisfy(
            key -> {
              assertThat(KeyNames.ALL).extracting(Key::name).doesNotContain(key.old());
              assertThat(KeyNames.ALL).extracting(Key::name).contains(key.now());
            });
  }

  @Test
  void whatSpansKeysIsChecked() {
    assertThat(Examples.faults("http.enabled=false")).singleElement().asString().contains("listen");
    assertThat(Examples.faults("https.port=8080", "https.certificate=a", "https.key=b"))
        .singleElement()
        .asString()
        .startsWith("https.port (FILE:1): http.port is 8080 as well");
    assertThat(Examples.faults("content.store=s3", "intake.max-size=1TiB"))
        .singleElement()
        .asString()
        .startsWith("content.s3.part-size: ")
        .contains("10000 parts");
    assertThat(Examples.faults("content.store=s3", "content.s3.access-key=a"))
        .singleElement()
        .asString()
        .startsWith("content.s3.secret-key: ");
    assertThat(Examples.faults("database.url=jdbc:mysql://x")).singleElement().isNotNull();
  }

  @Test
  void issuersLeadEveryTokenToOneTenant() {
    assertThat(Examples.faults("issuer.a.claim.user=x"))
        .containsExactly("issuer.a.type: the key has to be set. Allowed: one of oidc, entra.");
    assertThat(Examples.faults("issuer.a.type=entra", "issuer.a.audiences=x"))
        .singleElement()
        .asString()
        .startsWith("issuer.a.tenant: ");
    assertThat(Examples.faults("issuer.a.type=oidc", "issuer.a.audiences=x"))
        .singleElement()
        .asString()
        .startsWith("issuer.a.url: ");
    assertThat(
            Examples.faults("issuer.a.type=oidc", "issuer.a.url=https://x", "issuer.a.audiences=x"))
        .singleElement()
        .asString()
        .startsWith("issuer.a.tenant: neither");
    assertThat(
            Examples.faults(
                "issuer.a.type=entra",
                "issuer.a.tenant=" + Examples.TENANT,
                "issuer.a.audiences=x",
                "issuer.b.type=entra",
                "issuer.b.tenant=" + Examples.TENANT,
                "issuer.b.audiences=y"))
        .singleElement()
        .asString()
        .startsWith("issuer.b.url: another issuer");
    assertThat(Examples.faults("issuer.A.type=oidc")).singleElement().asString().contains("lower");
  }

  @Test
  void recordersSayWhatTheyNeed() {
    assertThat(recorder("livekit")).startsWith("intake.source.a.key: ");
    assertThat(recorder("openvidu")).startsWith("intake.source.a.url: ");
    assertThat(recorder("openvidu-meet")).startsWith("intake.source.a.url: ");
    assertThat(recorder("s3")).startsWith("intake.source.a.s3.buckets: ");
    assertThat(recorder("zoom")).startsWith("intake.source.a.hosts: ");
  }

  private static String recorder(String type) {
    return String.join(
        "\n",
        Examples.faults(
            "intake.source.a.type=" + type,
            "intake.source.a.tenant=" + Examples.TENANT,
            "intake.source.a.secret=s"));
  }

  @Test
  void fileThatIsNotThere() {
    assertThatThrownBy(() -> Settings.load(Optional.of(Path.of("/no/such.file")), Map.of()))
        .hasMessageContaining("--config (/no/such.file): there is no such file.");
  }
}
