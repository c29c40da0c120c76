package dev.aftercall.config;

import static dev.aftercall.config.ValueTypes.bool;
import static dev.aftercall.config.ValueTypes.guid;
import static dev.aftercall.config.ValueTypes.listOf;
import static dev.aftercall.config.ValueTypes.oneOf;
import static dev.aftercall.config.ValueTypes.optional;
import static dev.aftercall.config.ValueTypes.path;
import static dev.aftercall.config.ValueTypes.secret;
import static dev.aftercall.config.ValueTypes.text;
import static dev.aftercall.config.ValueTypes.url;

import dev.aftercall.config.Key.Default;
import dev.aftercall.config.Key.Required;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The keys of those who hear of recordings as CloudEvents, each under its own name. */
final class SinkKeys {
  /** Of a webhook. */
  static final class Webhook {
    static final Key<WebhookSink, UUID> TENANT =
        new Key<>(
            Family.WEBHOOK.template("tenant"),
            guid(),
            new Required(),
            false,
            "The tenant whose recordings and transcripts it hears of.",
            WebhookSink::tenant);

    static final Key<WebhookSink, URI> URL =
        new Key<>(
            Family.WEBHOOK.template("url"),
            url(),
            new Required(),
            false,
            "Where CloudEvents are posted; https, or http to this machine.",
            WebhookSink::url);

    static final Key<WebhookSink, Secret> SECRET =
        new Key<>(
            Family.WEBHOOK.template("secret"),
            secret(),
            new Required(),
            true,
            "What events are signed with by Standard Webhooks: whsec_ and base64 of 24 to 64 bytes.",
            WebhookSink::secret);

    /** All of them. */
    static final List<Key<WebhookSink, ?>> ALL = List.of(TENANT, URL, SECRET);

    private Webhook() {}
  }

  /** Of a topic of Kafka. */
  static final class Kafka {
    static final Key<KafkaSink, UUID> TENANT =
        new Key<>(
            Family.KAFKA.template("tenant"),
            guid(),
            new Required(),
            false,
            "The tenant whose recordings and transcripts it hears of.",
            KafkaSink::tenant);

    static final Key<KafkaSink, List<String>> BROKERS =
        new Key<>(
            Family.KAFKA.template("brokers"),
            listOf(text()),
            new Required(),
            false,
            "Brokers to begin with, each host:port.",
            KafkaSink::brokers);

    static final Key<KafkaSink, String> TOPIC =
        new Key<>(
            Family.KAFKA.template("topic"),
            text(),
            new Required(),
            false,
            "The topic that CloudEvents are written to.",
            KafkaSink::topic);

    static final Key<KafkaSink, Boolean> TLS =
        new Key<>(
            Family.KAFKA.template("tls"),
            bool(),
            new Default("true"),
            false,
            "Whether the brokers are spoken to with TLS.",
            KafkaSink::tls);

    static final Key<KafkaSink, Optional<Path>> AUTHORITIES =
        new Key<>(
            Family.KAFKA.template("authorities"),
            optional(path()),
            new Default(""),
            false,
            "Certificates in PEM of the authorities that the brokers' own are signed by; when empty,"
                + " those that Java trusts.",
            KafkaSink::authorities);

    static final Key<KafkaSink, Optional<String>> USER =
        new Key<>(
            Family.KAFKA.template("user"),
            optional(text()),
            new Default(""),
            false,
            "Who logs in; for Event Hubs $ConnectionString.",
            KafkaSink::user);

    static final Key<KafkaSink, Optional<Secret>> PASSWORD =
        new Key<>(
            Family.KAFKA.template("password"),
            optional(secret()),
            new Default(""),
            true,
            "Password of user; for Event Hubs the connection string.",
            KafkaSink::password);

    static final Key<KafkaSink, KafkaSink.Mechanism> MECHANISM =
        new Key<>(
            Family.KAFKA.template("mechanism"),
            oneOf(KafkaSink.Mechanism.class),
            new Default("plain"),
            false,
            "How user logs in.",
            KafkaSink::mechanism);

    /** All of them. */
    static final List<Key<KafkaSink, ?>> ALL =
        List.of(TENANT, BROKERS, TOPIC, TLS, AUTHORITIES, USER, PASSWORD, MECHANISM);

    private Kafka() {}
  }

  private SinkKeys() {}
}
