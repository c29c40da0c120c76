package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.jdbc.SubscriptionDesk;
import dev.aftercall.notification.Carried;
import dev.aftercall.notification.CloudEvent;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.kafka.KafkaTarget;
import dev.aftercall.notification.kafka.KafkaTarget.Login;
import dev.aftercall.notification.kafka.KafkaTopic;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.KafkaBroker;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events in a topic of a real broker, which is killed on the way. */
final class KafkaSinkTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration LONGER_THAN_A_PAUSE = Duration.ofMinutes(20);
  private static final String TOPIC = "recordings";

  private static KafkaBroker broker;

  @BeforeAll
  static void start() {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static TestServer server() {
    return server(
        new KafkaTarget(
            "erp",
            TestServer.TENANT,
            List.of(broker.address()),
            TOPIC,
            false,
            Optional.empty(),
            Optional.empty()));
  }

  private static TestServer server(KafkaTarget target) {
    return new TestServer(
        TestSetup.notifications(
            new NotificationSettings(
                new AddressRules(any -> false, false), List.of(), List.of(target))));
  }

  @Test
  void everyRecordingIsWrittenAlthoughTheBrokerDies() throws Exception {
    try (TestServer server = server();
        KafkaConsumer<String, String> consumer = consumer()) {
      List<ConsumerRecord<String, String>> got = new ArrayList<>();
      Recorded first = server.record();
      server.handOver().with("meetingId", first.meetingId()).keep();
      Poll.until("two events", PATIENCE, () -> read(consumer, got) >= 2);
      ConsumerRecord<String, String> record = got.getFirst();
      assertThat(
              new String(
                  record.headers().lastHeader("content-type").value(), StandardCharsets.US_ASCII))
          .startsWith("application/cloudevents+json");
      JsonNode event = JSON.readTree(record.value());
      assertThat(event.path("type").asText()).isEqualTo("dev.aftercall.recording.created");
      assertThat(event.path("data").path("id").asText()).isEqualTo(first.id());
      assertThat(record.key()).isEqualTo(event.path("partitionkey").asText());
      assertThat(got.get(1).key()).as("one meeting, one partition").isEqualTo(record.key());

      broker.kill();
      Recorded meanwhile = server.record();
      broker.revive();
      Poll.until(
          "what came meanwhile",
          PATIENCE,
          () -> {
            server.clock().advance(Duration.ofSeconds(1));
            read(consumer, got);
            return ids(got).contains(meanwhile.id());
          });
    }
  }

  private static KafkaTarget secured(String topic, Optional<Path> authorities, Login login) {
    return new KafkaTarget(
        "erp",
        TestServer.TENANT,
        List.of(broker.secureAddress()),
        topic,
        true,
        authorities,
        Optional.of(login));
  }

  private static Optional<Path> known() {
    return Optional.of(broker.authority());
  }

  /** What came of it; on a busy machine a broker may be waited for in vain at first. */
  private static Carried send(KafkaTarget target) {
    try (KafkaTopic topic = new KafkaTopic(target)) {
      return Poll.forValue(
          "an answer of the broker",
          PATIENCE,
          () ->
              Optional.of(topic.send(List.of(CloudEvent.test(TestServer.TENANT, "test-1", 0))))
                  .filter(it -> !it.outcome().startsWith("TimeoutException")));
    }
  }

  @Test
  void whoHasAPasswordWritesOverTls() {
    for (Login login :
        List.of(
            new Login(KafkaBroker.PLAIN_USER, KafkaBroker.PLAIN_PASSWORD, "PLAIN"),
            new Login(KafkaBroker.SCRAM_USER, KafkaBroker.SCRAM_PASSWORD, "SCRAM-SHA-256"))) {
      Carried carried = send(secured("secured", known(), login));
      assertThat(carried.outcome()).as("%s", login).isEqualTo("written");
      assertThat(carried.taken()).isEqualTo(1);
    }
  }

  @Test
  void whyNothingIsWrittenIsSaid() {
    Login wrong = new Login(KafkaBroker.PLAIN_USER, "a wrong password", "PLAIN");
    Carried refused = send(secured("secured", known(), wrong));
    assertThat(refused.taken()).isZero();
    assertThat(refused.outcome())
        .startsWith("SaslAuthenticationException: ")
        .contains("Invalid username or password")
        .doesNotContain("a wrong password")
        .hasSizeLessThan(300);

    Login right = new Login(KafkaBroker.PLAIN_USER, KafkaBroker.PLAIN_PASSWORD, "PLAIN");
    Carried unknown = send(secured("secured", Optional.empty(), right));
    assertThat(unknown.taken()).isZero();
    assertThat(unknown.outcome())
        .startsWith("SslAuthenticationException: ")
        .contains("unable to find valid certification path")
        .doesNotContain(KafkaBroker.PLAIN_PASSWORD)
        .hasSizeLessThan(300);

    Carried gone = send(secured("secured", Optional.of(Path.of("/nowhere/ca.pem")), right));
    assertThat(gone.taken()).isZero();
    assertThat(gone.outcome()).contains("/nowhere/ca.pem").hasSizeLessThan(300);
  }

  @Test
  void whatTheBrokerRefusedIsWrittenOnceTheBrokerKnowsWhoWrites() throws Exception {
    Login login = new Login("late", "the next password", "SCRAM-SHA-256");
    try (TestServer server = server(secured(TOPIC, known(), login));
        KafkaConsumer<String, String> consumer = consumer()) {
      Recorded recorded = server.record();
      SubscriptionDesk desk = new SubscriptionDesk(server.database(), TestServer.TENANT);
      AtomicInteger tries = new AtomicInteger();
      Poll.until(
          "refusals",
          PATIENCE,
          () -> {
            pass(server, desk, tries);
            return refusals(desk) >= 2;
          });
      assertThat(desk.attempts("kafka/erp", 100))
          .noneMatch(it -> it.outcome().contains("the next password"));
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
        admin
            .alterUserScramCredentials(
                List.of(
                    new UserScramCredentialUpsertion(
                        "late",
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096),
                        "the next password")))
            .all()
            .get();
        List<ConsumerRecord<String, String>> got = new ArrayList<>();
        Poll.until(
            "the recording",
            PATIENCE,
            () -> {
              pass(server, desk, tries);
              read(consumer, got);
              return ids(got).contains(recorded.id());
            });
      }
    }
  }

  /** Time passes between tries, and not while one is under way: leases are counted by it. */
  private static void pass(TestServer server, SubscriptionDesk desk, AtomicInteger tries) {
    int seen = desk.attempts("kafka/erp", 100).size();
    if (tries.getAndSet(seen) < seen) {
      server.clock().advance(LONGER_THAN_A_PAUSE);
    }
  }

  private static long refusals(SubscriptionDesk desk) {
    return desk.attempts("kafka/erp", 100).stream()
        .filter(it -> it.outcome().startsWith("SaslAuthenticationException: "))
        .count();
  }

  private static Set<String> ids(List<ConsumerRecord<String, String>> got) throws Exception {
    Set<String> ids = new HashSet<>();
    for (ConsumerRecord<String, String> one : got) {
      ids.add(JSON.readTree(one.value()).path("data").path("id").asText());
    }
    return ids;
  }

  private static KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.address(), "auto.offset.reset", "earliest"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /** Without a group: the broker need not look after one. */
  private static int read(
      KafkaConsumer<String, String> consumer, List<ConsumerRecord<String, String>> got) {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> all =
          consumer.listTopics(Duration.ofSeconds(10)).getOrDefault(TOPIC, List.of()).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      if (all.isEmpty()) {
        return 0;
      }
      consumer.assign(all);
      consumer.seekToBeginning(all);
    }
    consumer.poll(Duration.ofMillis(100)).forEach(got::add);
    return got.size();
  }
}
