package dev.aftercall.http;

/** A part of the content that exists: {@code length} ≥ 1 bytes from {@code offset}. */
record ByteRange(long offset, long length) {
  /** As {@code Content-Range} says it. */
  String contentRange(long size) {
    return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }
}
