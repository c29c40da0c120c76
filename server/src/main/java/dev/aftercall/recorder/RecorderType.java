package dev.aftercall.recorder;

/** What kind of recorder a source is; settings have these words in lower case with hyphens. */
public enum RecorderType {
  /** BigBlueButton, by our hook, its ready callback, or bbb-webhooks. */
  BIGBLUEBUTTON,
  /** A folder into which anybody puts files. */
  FOLDER,
  /** A tenant of Microsoft Graph, or of a server that speaks as it does, which is followed. */
  GRAPH,
  /** Jibri, by its finalize script. */
  JIBRI,
  /** LiveKit Egress, by LiveKit's webhooks. */
  LIVEKIT,
  /** Nextcloud Talk's recording server, which uploads as to Nextcloud. */
  NEXTCLOUD_TALK,
  /** OpenVidu 2, by its webhooks. */
  OPENVIDU,
  /** OpenVidu Meet 3, by its webhooks. */
  OPENVIDU_MEET,
  /** Whatever uploads into a bucket that notifies us. */
  S3,
  /** A folder of tar archives, as BigBlueButton's servers fill it for Scalelite. */
  SCALELITE,
  /** Whatever sends files itself, in our own words. */
  UPLOAD,
  /** Zoom's cloud recordings, by Zoom's webhooks. */
  ZOOM;

  /** Whether it puts its files into a folder that is watched. */
  public boolean watched() {
    return this == FOLDER || this == SCALELITE;
  }
}
