package dev.aftercall.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proves messages of Amazon SNS by its own signature, for topics that the operator lists: anybody
 * can have a topic of their own signed by Amazon.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html">
 *     Amazon SNS, Verifying the signatures of messages</a>
 */
final class SnsSignature {
  /** SNS goes on trying for hours, with the time of the first try. */
  private static final Duration FRESH = Duration.ofDays(1);

  private static final Pattern TOPIC =
      Pattern.compile("arn:aws[a-z-]*:sns:([a-z0-9-]{1,32}):[0-9]{12}:[A-Za-z0-9_.-]{1,256}");
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "https://sns\\.([a-z0-9-]{1,32})\\.amazonaws\\.com(?:\\.cn)?"
              + "/SimpleNotificationService-[0-9a-zA-Z]{1,64}\\.pem");
  private static final List<String> NOTIFICATION =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> CONFIRMATION =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  private final Set<String> topics;
  private final SnsCertificates certificates;

  SnsSignature(Set<String> topics, SnsCertificates certificates) {
    this.topics = topics;
    this.certificates = certificates;
  }

  /** Whether messages of SNS are proved so. */
  boolean wanted() {
    return !topics.isEmpty();
  }

  /** Proves a message. */
  void prove(JsonNode json, Instant now) throws Unheard {
    String topic = Members.text(json, "TopicArn");
    if (!topics.contains(topic)) {
      throw Unheard.unproved(
          "The message is of a topic that the source does not list. List the ARN of yours in"
              + " s3.sns-topics.");
    }
    fresh(Members.text(json, "Timestamp"), now);
    X509Certificate certificate = certificate(Members.text(json, "SigningCertURL"), topic, now);
    if (!signed(json, certificate)) {
      throw Unheard.unproved(
          "The message does not have Amazon's signature. Nothing on the way may change what SNS"
              + " sends.");
    }
  }

  private static void fresh(String timestamp, Instant now) throws Unheard {
    try {
      if (Duration.between(Instant.parse(timestamp), now).abs().compareTo(FRESH) <= 0) {
        return;
      }
    } catch (DateTimeParseException e) {
      // It is none.
    }
    throw Unheard.unproved("The message is more than a day old, or has no time.");
  }

  private X509Certificate certificate(String url, String topic, Instant now) throws Unheard {
    Matcher address = CERTIFICATE.matcher(url);
    Matcher arn = TOPIC.matcher(topic);
    if (!address.matches() || !arn.matches() || !address.group(1).equals(arn.group(1))) {
      throw Unheard.unproved(
          "SigningCertURL is no address where Amazon keeps what it signs this topic with.");
    }
    return certificates
        .at(URI.create(url), now)
        .filter(it -> valid(it, now))
        .orElseThrow(
            () ->
                Unheard.unproved(
                    "Amazon's certificate cannot be had, or is not valid now. See that the server"
                        + " reaches "
                        + url
                        + " and that its clock is right; SNS tries again."));
  }

  private static boolean valid(X509Certificate certificate, Instant now) {
    try {
      certificate.checkValidity(Date.from(now));
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static boolean signed(JsonNode json, X509Certificate certificate) throws Unheard {
    String algorithm =
        switch (Members.text(json, "SignatureVersion")) {
          case "1" -> "SHA1withRSA";
          case "2" -> "SHA256withRSA";
          default ->
              throw Unheard.unproved(
                  "SignatureVersion is neither 1 nor 2, and others are unknown.");
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(certificate.getPublicKey());
      signature.update(canonical(json).getBytes(StandardCharsets.UTF_8));
      return signature.verify(Base64.getDecoder().decode(Members.text(json, "Signature")));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String canonical(JsonNode json) {
    StringBuilder text = new StringBuilder();
    boolean notification = Members.text(json, "Type").equals("Notification");
    for (String member : notification ? NOTIFICATION : CONFIRMATION) {
      // Without a subject its name is left out, too.
      if (json.path(member).isTextual()) {
        text.append(member).append('\n').append(json.path(member).asText()).append('\n');
      }
    }
    return text.toString();
  }
}
