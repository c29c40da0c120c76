package dev.aftercall.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A topic of Kafka that hears of everything that becomes visible in one tenant, as CloudEvents.
 *
 * @param name what the operator calls it
 * @param brokers to begin with, each {@code host:port}
 * @param authorities PEM of those whose certificates are believed; empty for those that Java trusts
 * @param user empty where the broker asks nobody who they are
 */
public record KafkaSink(
    String name,
    UUID tenant,
    List<String> brokers,
    String topic,
    boolean tls,
    Optional<Path> authorities,
    Optional<String> user,
    Optional<Secret> password,
    Mechanism mechanism) {
  private static final Pattern BROKER = Pattern.compile("([^:,\\s]+|\\[[0-9a-fA-F:]+])(:\\d{1,5})");
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /** How a user proves who they are. */
  public enum Mechanism {
    /** By the password itself; what Event Hubs ask for. */
    PLAIN,
    /** By a challenge. */
    SCRAM_SHA_256,
    /** By a challenge. */
    SCRAM_SHA_512
  }

  /** Checks what can be known without a broker. */
  public KafkaSink {
    brokers = List.copyOf(brokers);
    String prefix = Family.KAFKA.prefix() + name + ".";
    new Rules()
        .require(
            !brokers.isEmpty() && brokers.stream().allMatch(it -> BROKER.matcher(it).matches()),
            prefix + "brokers",
            "a broker is not given by its name and port",
            "host:port, host:port, …")
        .require(
            TOPIC.matcher(topic).matches(),
            prefix + "topic",
            "Kafka has no such topics",
            "1 to 249 of letters, digits, '.', '_' and '-'")
        .require(
            user.isPresent() == password.isPresent(),
            prefix + (user.isPresent() ? "password" : "user"),
            "user and password go together, and one of them is not set",
            "both or none")
        .enforce();
  }
}
