package dev.aftercall.media;

/** Ids of the elements we look at: EBML (RFC 8794, 11.2) and Matroska (RFC 9559, 5.1). */
final class Ebml {
  static final int HEADER = 0x1A45DFA3;
  static final int DOC_TYPE = 0x4282;

  static final int SEGMENT = 0x18538067;

  static final int INFO = 0x1549A966;
  static final int TIMESTAMP_SCALE = 0x2AD7B1;
  static final int DURATION = 0x4489;

  static final int TRACKS = 0x1654AE6B;
  static final int TRACK_ENTRY = 0xAE;
  static final int TRACK_NUMBER = 0xD7;
  static final int TRACK_TYPE = 0x83;
  static final int DEFAULT_DURATION = 0x23E383;

  static final int CLUSTER = 0x1F43B675;
  static final int TIMESTAMP = 0xE7;
  static final int SIMPLE_BLOCK = 0xA3;
  static final int BLOCK_GROUP = 0xA0;
  static final int BLOCK = 0xA1;
  static final int BLOCK_DURATION = 0x9B;

  private Ebml() {}

  /** Children of a segment have ids of four bytes, children of a cluster shorter ones. */
  static boolean endsCluster(int id) {
    return (id & 0xF0000000) == 0x10000000;
  }
}
