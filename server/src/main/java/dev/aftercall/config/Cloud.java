package dev.aftercall.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The national clouds of Microsoft Graph, with the hosts Microsoft runs them at. */
public enum Cloud {
  /** Everybody else, GCC included. */
  GLOBAL(
      "graph.microsoft.com",
      "login.microsoftonline.com",
      "v1.0|beta",
      "v1.0|beta",
      "v1.0|beta",
      "v1.0|beta"),
  /** GCC High. */
  USGOV_L4("graph.microsoft.us", "login.microsoftonline.us", "v1.0", "", "", "v1.0|beta"),
  /** The Department of Defense. */
  USGOV_L5("dod-graph.microsoft.us", "login.microsoftonline.us", "v1.0", "", "", "v1.0|beta"),
  /** Operated by 21Vianet. */
  CHINA("microsoftgraph.chinacloudapi.cn", "login.chinacloudapi.cn", "", "", "", "");

  private final String graphHost;
  private final String loginHost;
  private final String recordingVersions;
  private final String collectionVersions;
  private final String adhocVersions;
  private final String meetingVersions;

  Cloud(
      String graphHost,
      String loginHost,
      String recordingVersions,
      String collectionVersions,
      String adhocVersions,
      String meetingVersions) {
    this.graphHost = graphHost;
    this.loginHost = loginHost;
    this.recordingVersions = recordingVersions;
    this.collectionVersions = collectionVersions;
    this.adhocVersions = adhocVersions;
    this.meetingVersions = meetingVersions;
  }

  /** The cloud whose Graph answers at that address; empty for another server. */
  public static Optional<Cloud> at(URI service) {
    return Arrays.stream(values())
        .filter(cloud -> cloud.graphHost.equalsIgnoreCase(service.getHost()))
        .findFirst();
  }

  /** What {@code aud} may say in a token for Graph: its address, or its application id. */
  public Set<String> audiences() {
    return Set.of("https://" + graphHost, "00000003-0000-0000-c000-000000000000");
  }

  /** Where version 1 tokens of Entra say they come from. */
  public String stsHost() {
    return this == CHINA ? "sts.chinacloudapi.cn" : "sts.windows.net";
  }

  /**
   * The API versions that get and list a meeting's recordings and transcripts, separated by a bar;
   * empty for none. The national clouds of the US document them in v1.0 alone, 21Vianet has none.
   */
  public String recordingVersions() {
    return recordingVersions;
  }

  /** Those with getAllRecordings, getAllTranscripts and delta: none outside the global cloud. */
  public String collectionVersions() {
    return collectionVersions;
  }

  /** Those with ad hoc calls: none outside the global cloud. */
  public String adhocVersions() {
    return adhocVersions;
  }

  /** Those with online meetings. */
  public String meetingVersions() {
    return meetingVersions;
  }

  /** Where Microsoft's own Graph of this cloud answers. */
  public String graphHost() {
    return graphHost;
  }

  /** Where Entra of this cloud issues tokens. */
  public String loginHost() {
    return loginHost;
  }
}
