package dev.aftercall.notification.kafka;

import dev.aftercall.notification.Lane;
import dev.aftercall.notification.Sink;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A topic that an operator wants told.
 *
 * @param name what the operator calls it
 * @param authorities PEM of those whose certificates are believed; empty for those that Java trusts
 * @param login empty where the brokers ask nobody who they are
 */
public record KafkaTarget(
    String name,
    UUID tenant,
    List<String> brokers,
    String topic,
    boolean tls,
    Optional<Path> authorities,
    Optional<Login> login) {
  /** Copies the brokers. */
  public KafkaTarget {
    brokers = List.copyOf(brokers);
  }

  /**
   * Who writes.
   *
   * @param mechanism SASL's name of it: PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
   */
  public record Login(String user, String password, String mechanism) {
    /** The password stays out of logs. */
    @Override
    public String toString() {
      return user + " by " + mechanism;
    }
  }

  /** The sink it is. */
  public Sink sink() {
    return new Sink(Lane.Kind.KAFKA, name, tenant);
  }
}
