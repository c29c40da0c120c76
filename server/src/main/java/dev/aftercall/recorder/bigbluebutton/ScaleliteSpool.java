package dev.aftercall.recorder.bigbluebutton;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aftercall.arrival.Announcement;
import dev.aftercall.recorder.Envelope;
import dev.aftercall.recorder.Heard;
import dev.aftercall.recorder.Letter;
import dev.aftercall.recorder.Recorder;
import dev.aftercall.recorder.Unheard;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The folder of tar archives into which BigBlueButton's servers put recordings for Scalelite. The
 * worker that watches it writes the envelope: that of a claimed file, with {@code media} (name and
 * size of members) and {@code metadata} (the text of each metadata.xml).
 */
public final class ScaleliteSpool implements Recorder {
  @Override
  public Heard hear(Letter letter) throws Unheard {
    throw new Unheard(404, "This source is a folder that is watched, and takes no messages.");
  }

  @Override
  public List<Announcement> read(String envelope) {
    JsonNode claim = Envelope.read(envelope);
    Published published = null;
    for (JsonNode xml : claim.path("metadata")) {
      Published one = Published.ofMetadata(Xml.read(xml.asText().getBytes(StandardCharsets.UTF_8)));
      if (published != null && !published.id().equals(one.id())) {
        throw new IllegalArgumentException("the archive holds more than one recording");
      }
      published = one;
    }
    if (published == null) {
      throw new IllegalArgumentException(
          "the archive holds no {format}/{recordID}/metadata.xml of 1 MiB at most");
    }
    List<Announcement> files = Files.inArchive(published, claim);
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "the archive holds no media of the formats video and presentation");
    }
    return files;
  }
}
