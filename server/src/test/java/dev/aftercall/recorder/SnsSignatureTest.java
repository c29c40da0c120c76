package dev.aftercall.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.arrival.Source;
import dev.aftercall.arrival.Sources;
import dev.aftercall.testing.TestServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of Amazon SNS, signed as Amazon signs them, by a key of our own. */
final class SnsSignatureTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:25:10Z");
  private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:recordings";
  private static final String CERTIFICATE =
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-9c6465fa7f48f5cacd23014631ec1136.pem";

  private final X509Bundle amazon;
  private final List<URI> asked = new ArrayList<>();
  private final S3Notifications recorder = connected(Set.of(TOPIC), this::read);
  private boolean reachable = true;

  SnsSignatureTest() throws Exception {
    amazon =
        new CertificateBuilder()
            .subject("CN=sns.amazonaws.com")
            .setIsCertificateAuthority(true)
            .algorithm(CertificateBuilder.Algorithm.rsa2048)
            .notBefore(NOW.minus(Duration.ofDays(30)))
            .notAfter(NOW.plus(Duration.ofDays(30)))
            .buildSelfSigned();
  }

  private static S3Notifications connected(Set<String> topics, SnsCertificates.Source source) {
    return new S3Notifications(
        new Connection(
            new Source(
                "bucket",
                "s3",
                TestServer.TENANT,
                Duration.ZERO,
                Duration.ZERO,
                false,
                Optional.empty()),
            RecorderType.S3,
            Optional.empty(),
            Optional.of(Sources.SECRET),
            ZoneOffset.UTC,
            Optional.empty(),
            Sources.web(),
            Inbox.DEFAULT,
            false,
            Optional.empty(),
            topics),
        new SnsCertificates(source));
  }

  private byte[] read(URI at) throws IOException {
    asked.add(at);
    if (!reachable) {
      throw new IOException("no way there");
    }
    return amazon.getCertificatePEM().getBytes(StandardCharsets.US_ASCII);
  }

  private static ObjectNode message(String type) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("Type", type).put("MessageId", "da41e39f-ea4d-435a-b922-c6aae3915ebe");
    message
        .put("TopicArn", TOPIC)
        .put("Message", "{\"Records\":[]}")
        .put("Timestamp", NOW.toString());
    if (type.equals("Notification")) {
      message.put("Subject", "Amazon S3 Notification");
    } else {
      message
          .put("Token", "2336412f37")
          .put("SubscribeURL", "https://sns.eu-west-1.amazonaws.com/?x");
    }
    return message.put("SignatureVersion", "2").put("SigningCertURL", CERTIFICATE);
  }

  private ObjectNode signed(ObjectNode message) throws Exception {
    StringBuilder text = new StringBuilder();
    // Amazon's order, which is that of the alphabet.
    for (String member :
        List.of(
            "Message",
            "MessageId",
            "Subject",
            "SubscribeURL",
            "Timestamp",
            "Token",
            "TopicArn",
            "Type")) {
      if (message.has(member)) {
        text.append(member).append('\n').append(message.path(member).asText()).append('\n');
      }
    }
    boolean first = message.path("SignatureVersion").asText().equals("1");
    Signature signature = Signature.getInstance(first ? "SHA1withRSA" : "SHA256withRSA");
    signature.initSign(amazon.getKeyPair().getPrivate());
    signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return message.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
  }

  private static Letter letter(ObjectNode message, Instant at, Map<String, String> fields) {
    return new Letter(
        "POST",
        "https://recordings.example.org/intake/v1/sources/bucket",
        Map.of(),
        name -> Optional.ofNullable(fields.get(name)),
        message.toString().getBytes(StandardCharsets.UTF_8),
        at);
  }

  private Heard hear(ObjectNode message, Instant at) throws Unheard {
    return recorder.hear(letter(message, at, Map.of("x-amz-sns-topic-arn", TOPIC)));
  }

  private void refused(ObjectNode message, Instant at, String why) {
    assertThatThrownBy(() -> hear(message, at))
        .isInstanceOfSatisfying(Unheard.class, it -> assertThat(it.status()).isEqualTo(401))
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2"})
  void isHeardWithoutThePassword(String version) throws Exception {
    for (String type :
        List.of("Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation")) {
      ObjectNode message = message(type).put("SignatureVersion", version);
      assertThat(hear(signed(message), NOW).message()).isPresent();
    }
    ObjectNode plain = message("Notification");
    plain.remove("Subject");
    assertThat(hear(signed(plain), NOW).message()).isPresent();
    assertThat(asked).as("remembered").containsExactly(URI.create(CERTIFICATE));
  }

  @Test
  void whatWasChangedIsRefused() throws Exception {
    List<Consumer<ObjectNode>> changes =
        List.of(
            it -> it.put("Message", "{\"Records\":[{}]}"),
            it -> it.put("Subject", "other"),
            it -> it.put("Timestamp", NOW.plusSeconds(1).toString()),
            it -> it.put("Type", "SubscriptionConfirmation"),
            it -> it.put("SignatureVersion", "1"),
            it -> it.put("Signature", "AAAA"),
            it -> it.put("Signature", "no base64"),
            it -> it.remove("Signature"));
    for (Consumer<ObjectNode> change : changes) {
      ObjectNode message = signed(message("Notification"));
      change.accept(message);
      refused(message, NOW, "Amazon's signature");
    }
    refused(signed(message("Notification")).put("SignatureVersion", "3"), NOW, "SignatureVersion");
  }

  @Test
  void topicsOfOthersAreRefusedHoweverWellSigned() throws Exception {
    ObjectNode other = message("Notification").put("TopicArn", TOPIC.replace("recordings", "mine"));
    refused(signed(other), NOW, "does not list");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem",
        "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem",
        "https://u@sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/bucket/SimpleNotificationService-1.pem",
        "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x",
        "https://s3.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem",
        ""
      })
  void certificatesOfOthersAreNotFetched(String url) throws Exception {
    refused(signed(message("Notification").put("SigningCertURL", url)), NOW, "SigningCertURL");
    assertThat(asked).isEmpty();
  }

  @Test
  void oldMessagesAndCertificatesAreRefused() throws Exception {
    ObjectNode message = signed(message("Notification"));
    refused(message, NOW.plus(Duration.ofHours(25)), "more than a day old");
    refused(message, NOW.minus(Duration.ofHours(25)), "more than a day old");
    Instant later = NOW.plus(Duration.ofDays(31));
    refused(signed(message("Notification").put("Timestamp", later.toString())), later, "not valid");
    refused(signed(message("Notification").put("Timestamp", "today")), NOW, "more than a day old");
  }

  @Test
  void aCertificateThatCannotBeHadIsAskedForAgainAfterAWhile() throws Exception {
    reachable = false;
    ObjectNode message = signed(message("Notification"));
    for (int seconds = 0; seconds < 60; seconds += 10) {
      refused(message, NOW.plusSeconds(seconds), "cannot be had");
    }
    assertThat(asked).hasSize(1);
    reachable = true;
    assertThat(hear(message, NOW.plusSeconds(61)).message()).isPresent();
    assertThat(asked).hasSize(2);
  }

  @Test
  void whatIsNotOfSnsNeedsTheSecret() throws Exception {
    ObjectNode message = signed(message("Notification"));
    assertThatThrownBy(() -> recorder.hear(letter(message, NOW, Map.of())))
        .isInstanceOf(Unheard.class);
    Map<String, String> proof = Map.of("Authorization", "Bearer " + Sources.SECRET);
    assertThat(recorder.hear(letter(message, NOW, proof)).message()).isPresent();
  }

  @Test
  void withoutTopicsThePasswordProvesIt() throws Exception {
    S3Notifications plain = connected(Set.of(), this::read);
    ObjectNode message = signed(message("Notification"));
    assertThatThrownBy(() -> plain.hear(letter(message, NOW, Map.of("x-amz-sns-topic-arn", TOPIC))))
        .isInstanceOf(Unheard.class);
    assertThat(asked).isEmpty();
  }
}
