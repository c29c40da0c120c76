package dev.aftercall.recorder;

/** What kind of recorder a source is; settings have these words in lower case with hyphens. */
public enum RecorderType {
  /** Jibri, by its finalize script. */
  JIBRI,
  /** LiveKit Egress, by LiveKit's webhooks. */
  LIVEKIT,
  /** OpenVidu 2, by its webhooks. */
  OPENVIDU,
  /** OpenVidu Meet 3, by its webhooks. */
  OPENVIDU_MEET,
  /** Whatever uploads into a bucket that notifies us. */
  S3,
  /** Whatever sends files itself, in our own words. */
  UPLOAD,
  /** Zoom's cloud recordings, by Zoom's webhooks. */
  ZOOM
}
