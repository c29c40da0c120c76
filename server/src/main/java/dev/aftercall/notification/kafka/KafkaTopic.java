package dev.aftercall.notification.kafka;

import dev.aftercall.notification.Carried;
import dev.aftercall.notification.CloudEvent;
import dev.aftercall.notification.EventSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes CloudEvents in structured mode into a topic, those of one meeting into one partition, and
 * waits until all replicas in sync have them. Nothing of Kafka is loaded before the first event, so
 * that neither a start nor a broker that is away delays anything else.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public final class KafkaTopic implements EventSink {
  /** What one attempt may wait for, broker and all; well within a lease. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int BUFFERED_BYTES = 4 << 20;
  private static final int LONGEST_REASON = 250;

  private final KafkaTarget target;
  private @Nullable KafkaProducer<String, String> producer;
  private boolean closed;

  /** Writes to that target. */
  public KafkaTopic(KafkaTarget target) {
    this.target = target;
  }

  @Override
  public Carried send(List<CloudEvent> events) throws IOException {
    List<Future<?>> sent = new ArrayList<>();
    int taken = 0;
    try {
      KafkaProducer<String, String> open = open();
      for (CloudEvent event : events) {
        Future<?> one = open.send(written(event));
        sent.add(one);
        // Without brokers each would wait by itself for as long as the first has.
        if (one.state() == Future.State.FAILED) {
          break;
        }
      }
      for (Future<?> one : sent) {
        one.get();
        taken++;
      }
      return Carried.all(taken, "written");
    } catch (ExecutionException e) {
      return failed(taken, e.getCause() instanceof Exception cause ? cause : e);
    } catch (KafkaException e) {
      return failed(taken, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while events were written", e);
    }
  }

  private Carried failed(int taken, Exception cause) {
    if (!(cause instanceof RetriableException)) {
      // Of some errors a producer does not recover, and which they are depends on the release.
      drop();
    }
    return Carried.upTo(taken, reason(cause));
  }

  /**
   * For the delivery log, on one line: what Kafka says, and what is behind it. The names of classes
   * alone do not tell a name of a topic from a broker that is away.
   */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text = named(failure) + (failure.getCause() == null ? "" : " (" + named(root) + ")");
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }

  private static String named(Throwable failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private ProducerRecord<String, String> written(CloudEvent event) {
    ProducerRecord<String, String> one =
        new ProducerRecord<>(target.topic(), event.partition(), event.json());
    one.headers().add("content-type", CloudEvent.MEDIA_TYPE.getBytes(StandardCharsets.US_ASCII));
    return one;
  }

  private synchronized KafkaProducer<String, String> open() throws IOException {
    if (closed) {
      throw new IOException("The server stops");
    }
    if (producer == null) {
      producer = new KafkaProducer<>(configuration());
    }
    return producer;
  }

  private Map<String, Object> configuration() {
    Map<String, Object> map = new HashMap<>();
    map.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, target.brokers());
    map.put(ProducerConfig.CLIENT_ID_CONFIG, "aftercall-" + target.name());
    map.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    map.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    map.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    map.put(ProducerConfig.ACKS_CONFIG, "all");
    map.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFERED_BYTES);
    map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    map.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    map.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    map.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    map.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, PATIENCE.toMillis());
    // Neither JMX nor the brokers are told how the client does.
    map.put(ProducerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
    map.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    map.put("security.protocol", protocol());
    target
        .authorities()
        .ifPresent(
            file -> {
              map.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
              map.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, file.toString());
            });
    target
        .login()
        .ifPresent(
            login -> {
              boolean plain = login.mechanism().equals("PLAIN");
              map.put(SaslConfigs.SASL_MECHANISM, login.mechanism());
              map.put(
                  SaslConfigs.SASL_JAAS_CONFIG,
                  "org.apache.kafka.common.security.%s.%sLoginModule required username=%s password=%s;"
                      .formatted(
                          plain ? "plain" : "scram",
                          plain ? "Plain" : "Scram",
                          quoted(login.user()),
                          quoted(login.password())));
            });
    return map;
  }

  private String protocol() {
    return (target.login().isPresent() ? "SASL_" : "") + (target.tls() ? "SSL" : "PLAINTEXT");
  }

  /** As JAAS reads it. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private synchronized void drop() {
    if (producer != null) {
      producer.close(Duration.ZERO);
      producer = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }
}
