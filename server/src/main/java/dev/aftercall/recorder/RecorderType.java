package dev.aftercall.recorder;

/** What kind of recorder a source is; settings have these words in lower case with hyphens. */
public enum RecorderType {
  /** Jibri, by its finalize script. */
  JIBRI,
  /** LiveKit Egress, by LiveKit's webhooks. */
  LIVEKIT,
  /** Nextcloud Talk's recording server, which uploads as to Nextcloud. */
  NEXTCLOUD_TALK,
  /** Whatever sends files itself, in our own words. */
  UPLOAD,
  /** Zoom's cloud recordings, by Zoom's webhooks. */
  ZOOM
}
