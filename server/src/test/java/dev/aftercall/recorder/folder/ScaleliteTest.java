package dev.aftercall.recorder.folder;

import static dev.aftercall.arrival.Sources.recordings;
import static dev.aftercall.recorder.folder.WatchedFolders.arrivals;
import static dev.aftercall.recorder.folder.WatchedFolders.arrived;
import static dev.aftercall.recorder.folder.WatchedFolders.files;
import static dev.aftercall.recorder.folder.WatchedFolders.put;
import static dev.aftercall.recorder.folder.WatchedFolders.until;
import static dev.aftercall.recorder.folder.WatchedFolders.untilFiles;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.arrival.Arrival;
import dev.aftercall.arrival.Arrival.State;
import dev.aftercall.recorder.Inbox.Afterwards;
import dev.aftercall.recorder.RecorderType;
import dev.aftercall.testing.Media;
import dev.aftercall.testing.TestServer;
import dev.aftercall.testing.TestSetup;
import dev.aftercall.time.Ticks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tar archives as BigBlueButton's servers leave them for Scalelite, and worse ones. */
final class ScaleliteTest {
  private static final String ID = "183f0bf3a0982a127bdb8161e0c44eb696b3e75c-1554230749920";

  @TempDir Path folder;

  private TestServer server(Afterwards afterwards) {
    return new TestServer(
        TestSetup.source(
            WatchedFolders.source(
                RecorderType.SCALELITE, folder, WatchedFolders.atOnce(afterwards))),
        WatchedFolders.rule("Weekly"));
  }

  private static byte[] metadata(String format) {
    return """
        <recording><id>%s</id><state>published</state><published>true</published>
         <start_time>1554230749920</start_time><end_time>1554234349920</end_time>
         <meeting id="%s" externalId="weekly" name="Weekly" breakout="false"/><meta/>
         <playback><format>%s</format><link>x</link></playback></recording>"""
        .formatted(ID, ID, format)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] film(int more) {
    return Media.mp4(Media.mp4().length + 100 + more);
  }

  private static Tars presentation() {
    return new Tars()
        .member("presentation/" + ID + "/", '5', 0, "")
        .file("presentation/" + ID + "/metadata.xml", metadata("presentation"))
        .file("presentation/" + ID + "/shapes.svg", new byte[700])
        .file("presentation/" + ID + "/video/webcams.mp4", film(1))
        .file("presentation/" + ID + "/deskshare/deskshare.mp4", film(2));
  }

  @Test
  void webcamsAndScreensComeOutOfOneArchive() throws Exception {
    put(folder, ID + ".tar", presentation().end());
    put(folder, "notes.txt", new byte[3]);
    try (TestServer server = server(Afterwards.MOVE)) {
      List<Arrival> both = arrived(server, 2, State.READY);
      assertThat(both)
          .extracting(it -> it.announcement().sourceId())
          .containsExactlyInAnyOrder(ID + "/presentation", ID + "/deskshare");
      assertThat(both)
          .extracting(it -> it.announcement().occasion().start())
          .containsOnly(Ticks.of(Instant.ofEpochMilli(1554230749920L)));
      assertThat(both)
          .extracting(it -> it.facts().orElseThrow().size())
          .containsExactlyInAnyOrder((long) film(1).length, (long) film(2).length);
      untilFiles(folder, "done/" + ID + ".tar", "notes.txt");
      assertThat(recordings(server)).isEqualTo(2);
    }
  }

  @Test
  void aVideoIsPreferredAndTheSameArchiveAgainIsTheSame() throws Exception {
    byte[] both =
        presentation()
            .file("video/" + ID + "/metadata.xml", metadata("video"))
            .pax("./video/" + ID + "/video-0.m4v")
            .file("short", film(3))
            .end();
    put(folder, ID + ".tar", both);
    try (TestServer server = server(Afterwards.DELETE)) {
      Arrival video = arrived(server, 1, State.READY).getFirst();
      assertThat(video.announcement().sourceId()).isEqualTo(ID + "/video");
      assertThat(video.facts().orElseThrow().size()).isEqualTo(film(3).length);
      untilFiles(folder);
      put(folder, ID + ".tar", both);
      until("the second is gone, too", () -> files(folder).isEmpty());
      assertThat(recordings(server)).isEqualTo(1);
      put(
          folder,
          ID + ".tar",
          new Tars()
              .file("video/" + ID + "/metadata.xml", metadata("video"))
              .gnu("video/" + ID + "/video-0.m4v")
              .file("short", film(4))
              .end());
      untilFiles(folder, "failed/" + ID + ".tar", "failed/" + ID + ".tar.reason.txt");
      assertThat(arrivals(server)).hasSize(1);
    }
  }

  @Test
  void anArchiveIsDoneOnlyWhenAllOfItIs() throws Exception {
    put(
        folder,
        ID + ".tar",
        new Tars()
            .file("presentation/" + ID + "/metadata.xml", metadata("presentation"))
            .file("presentation/" + ID + "/video/webcams.mp4", film(1))
            .file("presentation/" + ID + "/deskshare/deskshare.mp4", new byte[4_000])
            .end());
    try (TestServer server = server(Afterwards.DELETE)) {
      untilFiles(folder, "failed/" + ID + ".tar", "failed/" + ID + ".tar.reason.txt");
      assertThat(arrivals(server))
          .extracting(Arrival::state)
          .containsExactlyInAnyOrder(State.READY, State.QUARANTINED);
      assertThat(folder.resolve("failed/" + ID + ".tar.reason.txt"))
          .content()
          .contains("(screen)", "QUARANTINED");
    }
  }

  @Test
  void hostileArchivesEndInFailed() throws Exception {
    String media = "video/" + ID + "/video-0.m4v";
    Map<String, byte[]> hostile = new LinkedHashMap<>();
    Path outside = put(folder, ".outside", film(9));
    hostile.put("none", new byte[2_000]);
    hostile.put("text", "no archive at all".repeat(99).getBytes(StandardCharsets.UTF_8));
    hostile.put("empty", new Tars().end());
    hostile.put(
        "upwards",
        video().file("../../" + media, film(5)).file("video/../" + media, film(5)).end());
    hostile.put("absolute", video().file("/" + media, film(5)).end());
    hostile.put("symlink", video().member(media, '2', 0, outside.toString()).end());
    hostile.put("hardlink", video().member(media, '1', 0, outside.toString()).end());
    hostile.put("device", video().member(media, '3', 0, "").end());
    hostile.put("claims-to-be-huge", video().member(media, '0', -1, "").raw(film(5)).end());
    byte[] whole = video().file(media, film(5)).end();
    hostile.put("truncated", Arrays.copyOf(whole, whole.length - 3_000));
    hostile.put("headless", video().file(media, film(5)).open());
    hostile.put("no-metadata", new Tars().file(media, film(5)).end());
    hostile.put(
        "two-recordings",
        video()
            .file(
                "video/other/metadata.xml",
                new String(metadata("video"), StandardCharsets.UTF_8)
                    .replace(ID, "other")
                    .getBytes(StandardCharsets.UTF_8))
            .file(media, film(5))
            .end());
    hostile.put(
        "external-entity",
        new Tars()
            .file(
                "video/" + ID + "/metadata.xml",
                ("<!DOCTYPE r [<!ENTITY e SYSTEM \""
                        + outside.toUri()
                        + "\">]>"
                        + "<recording><id>&e;</id></recording>")
                    .getBytes(StandardCharsets.UTF_8))
            .file(media, film(5))
            .end());
    hostile.put("long-name", video().gnu("x".repeat(70_000)).file("x", film(5)).end());
    hostile.put("many", many());
    for (Map.Entry<String, byte[]> one : hostile.entrySet()) {
      put(folder, one.getKey() + ".tar", one.getValue());
    }
    try (TestServer server = server(Afterwards.DELETE)) {
      until(
          "all in failed",
          () -> {
            Set<String> there = files(folder);
            return there.size() == 1 + 2 * hostile.size()
                && there.stream().allMatch(it -> it.startsWith("failed/") || it.equals(".outside"));
          });
      for (Map.Entry<String, byte[]> one : hostile.entrySet()) {
        assertThat(folder.resolve("failed/" + one.getKey() + ".tar"))
            .as(one.getKey())
            .hasBinaryContent(one.getValue());
        assertThat(folder.resolve("failed/" + one.getKey() + ".tar.reason.txt"))
            .as(one.getKey())
            .content()
            .contains("could not be taken");
      }
      assertThat(arrivals(server)).allMatch(it -> it.state() == State.REJECTED);
      assertThat(recordings(server)).isZero();
      assertThat(outside).hasBinaryContent(film(9));
    }
  }

  private static Tars video() {
    return new Tars().file("video/" + ID + "/metadata.xml", metadata("video"));
  }

  private static byte[] many() {
    byte[] one = new Tars().member("x", '0', 0, "").open();
    byte[] all = new byte[20_001 * one.length];
    for (int i = 0; i <= 20_000; i++) {
      System.arraycopy(one, 0, all, i * one.length, one.length);
    }
    return all;
  }
}
