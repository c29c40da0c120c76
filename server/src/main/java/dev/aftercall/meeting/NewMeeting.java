package dev.aftercall.meeting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/** Gives a new meeting its ids, shaped as Teams shapes them because clients take them apart. */
public final class NewMeeting {
  /** How every iCalUId of Exchange begins ([MS-OXOCAL], PidLidGlobalObjectId). */
  private static final String GLOBAL_OBJECT_ID = "040000008200E00074C5B7101A82E008";

  private NewMeeting() {}

  /** A thread id around that GUID: {@code 19:meeting_{base64 of the GUID's text}@thread.v2}. */
  public static String threadId(UUID guid) {
    byte[] text = guid.toString().getBytes(StandardCharsets.US_ASCII);
    return "19:meeting_" + Base64.getEncoder().encodeToString(text) + "@thread.v2";
  }

  /** The thread of an ad hoc call, {@code 19:{32 hex digits}@thread.v2}; every call has one. */
  public static String callThreadId(UUID call) {
    return "19:" + call.toString().replace("-", "") + "@thread.v2";
  }

  /** An iCalUId around that GUID: 112 upper-case hexadecimal digits. */
  public static String calendarId(UUID guid, long startTicks) {
    HexFormat hex = HexFormat.of().withUpperCase();
    return GLOBAL_OBJECT_ID
        + "00000000"
        + hex.toHexDigits(startTicks)
        + "000000000000000010000000"
        + guid.toString().replace("-", "").toUpperCase(Locale.ROOT);
  }
}
