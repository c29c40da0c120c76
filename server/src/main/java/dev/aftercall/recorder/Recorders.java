package dev.aftercall.recorder;

/** The recorders that are known. */
public final class Recorders {
  private Recorders() {}

  /** Connects a recorder. */
  public static Recorder of(Connection connection) {
    return switch (connection.type()) {
      case JIBRI -> new Jibri(connection.zone());
      case LIVEKIT -> new LiveKit(connection);
      case OPENVIDU -> new OpenVidu(connection);
      case OPENVIDU_MEET -> new OpenViduMeet(connection);
      case S3 -> new S3Notifications(connection);
      case UPLOAD -> new Uploading();
      case ZOOM -> new Zoom(connection);
    };
  }
}
