package dev.aftercall.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aftercall.notification.NotificationSettings;
import dev.aftercall.notification.kafka.KafkaTarget;
import dev.aftercall.outbound.AddressRules;
import dev.aftercall.testing.KafkaBroker;
import dev.aftercall.testing.Poll;
import dev.aftercall.testing.Recorded;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    KafkaTarget target =
        new KafkaTarget(
            "erp", TestServer.TENANT, List.of(broker.address()), TOPIC, false, Optional.empty());
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
