package dev.aftercall.recorder;

import dev.aftercall.recorder.bigbluebutton.BigBlueButton;
import dev.aftercall.recorder.bigbluebutton.ScaleliteSpool;
import dev.aftercall.recorder.graph.GraphMirror;

/** The recorders that are known. */
public final class Recorders {
  private Recorders() {}

  /** Connects a recorder. */
  public static Recorder of(Connection connection) {
    return switch (connection.type()) {
      case BIGBLUEBUTTON -> new BigBlueButton(connection);
      case FOLDER -> new WatchedFolder();
      case GRAPH -> new GraphMirror(connection);
      case JIBRI -> new Jibri(connection.zone());
      case LIVEKIT -> new LiveKit(connection);
      case NEXTCLOUD_TALK -> new NextcloudTalk(connection);
      case OPENVIDU -> new OpenVidu(connection);
      case OPENVIDU_MEET -> new OpenViduMeet(connection);
      case S3 -> new S3Notifications(connection);
      case SCALELITE -> new ScaleliteSpool();
      case UPLOAD -> new Uploading();
      case ZOOM -> new Zoom(connection);
    };
  }
}
