package dev.aftercall.recorder;

/** The recorders that are known. */
public final class Recorders {
  private Recorders() {}

  /** Connects a recorder. */
  public static Recorder of(Connection connection) {
    return switch (connection.type()) {
      case JIBRI -> new Jibri(connection.zone());
      case LIVEKIT -> new LiveKit(connection);
      case NEXTCLOUD_TALK -> new NextcloudTalk(connection);
      case UPLOAD -> new Uploading();
      case ZOOM -> new Zoom(connection);
    };
  }
}
