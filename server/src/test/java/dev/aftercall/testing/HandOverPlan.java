package dev.aftercall.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aftercall.intake.Intake;
import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.Receipt;
import dev.aftercall.intake.Submitter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * A recording to be handed over through the real intake; begins as a scheduled meeting of {@link
 * TestServer#ORGANIZER} at the clock's time with {@link TestServer#ATTENDEE} invited, and {@link
 * #keep} hands it over.
 */
public final class HandOverPlan {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Intake intake;
  private final ObjectNode metadata = JSON.createObjectNode();
  private UUID tenant = TestServer.TENANT;
  private UUID organizer = TestServer.ORGANIZER;
  private byte[] bytes = Media.mp4();

  HandOverPlan(Intake intake, String start) {
    this.intake = intake;
    with("start", start).with("subject", "Weekly").with("fileName", "weekly.mp4");
    attendees(TestServer.ATTENDEE);
  }

  /** A member of the hand-over's JSON. */
  public HandOverPlan with(String member, String value) {
    metadata.put(member, value);
    return this;
  }

  /** WebVTT or SubRip of the same call. */
  public HandOverPlan transcript(String text) {
    return with("transcript", text);
  }

  /** A transcript alone, of a recording that is here. */
  public HandOverPlan transcriptOf(Recorded recorded, String text) {
    metadata.put("kind", "transcript").put("recordingId", recorded.id());
    metadata.remove("start");
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whose tenant it goes to. */
  public HandOverPlan tenant(UUID id) {
    tenant = id;
    return this;
  }

  /** Whose meeting it is. */
  public HandOverPlan organizer(UUID person) {
    organizer = person;
    return this;
  }

  /** The people invited, in place of those before. */
  public HandOverPlan attendees(UUID... people) {
    return people("attendees", people);
  }

  /** Those who run it too. */
  public HandOverPlan coorganizers(UUID... people) {
    return people("coorganizers", people);
  }

  /** {@code scheduled}, {@code recurring}, {@code meetnow}, {@code adhoc} or {@code broadcast}. */
  public HandOverPlan type(String word) {
    return with("meetingType", word);
  }

  /** Holds it in a channel. */
  public HandOverPlan channel() {
    metadata.put("channel", true);
    return this;
  }

  /** The file itself. */
  public HandOverPlan bytes(byte[] media) {
    bytes = media;
    return this;
  }

  /** Hands it over. */
  public Recorded keep() {
    metadata.put("organizer", organizer.toString());
    try {
      Intake.Progress open =
          intake.open(new Submitter(tenant, TestServer.APP), metadata, Optional.empty());
      Receipt receipt =
          intake
              .append(
                  open.uploadId(),
                  open.secret().orElseThrow(),
                  new Intake.Fragment(
                      0,
                      bytes.length,
                      Optional.of((long) bytes.length),
                      new ByteArrayInputStream(bytes)))
              .receipt()
              .orElseThrow();
      return new Recorded(
          tenant,
          organizer,
          receipt.meetingId(),
          Optional.ofNullable(receipt.callId()),
          receipt.id(),
          Optional.ofNullable(receipt.transcriptId()),
          receipt.sha256(),
          bytes);
    } catch (IntakeException e) {
      throw new IllegalStateException("The intake refused it: " + e.text(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HandOverPlan people(String member, UUID... people) {
    ArrayNode list = metadata.putArray(member);
    for (UUID person : people) {
      list.add(person.toString());
    }
    return this;
  }
}
