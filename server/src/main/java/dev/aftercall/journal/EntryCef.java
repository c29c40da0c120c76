package dev.aftercall.journal;

import dev.aftercall.journal.Journal.Delivery;
import dev.aftercall.journal.Journal.Entry;
import dev.aftercall.time.Ticks;

/**
 * An entry as a line of the Common Event Format, version 0, as security information systems read.
 */
public final class EntryCef {
  private static final int REFUSED_SEVERITY = 5;
  private static final int ALLOWED_SEVERITY = 2;

  private EntryCef() {}

  /** A line without its end. */
  public static String line(Chain.Link link, String version) {
    Entry entry = link.written().entry();
    Delivery delivery = entry.delivery();
    String name = entry.action() + (entry.allowed() ? " allowed" : " refused");
    return "CEF:0|Aftercall|Aftercall|"
        + header(version)
        + "|"
        + header(entry.action())
        + "|"
        + header(name)
        + "|"
        + (entry.allowed() ? ALLOWED_SEVERITY : REFUSED_SEVERITY)
        + "|rt="
        + Ticks.toInstant(entry.at()).toEpochMilli()
        + " externalId="
        + value(link.written().id())
        + " suid="
        + value(entry.caller())
        + " requestClientApplication="
        + value(entry.appId())
        + " act="
        + (entry.allowed() ? "allowed" : "refused")
        + " outcome="
        + delivery.status()
        + " out="
        + delivery.bytes()
        + " cn1="
        + link.sequence()
        + " cn1Label=sequence cn2="
        + delivery.minutes()
        + " cn2Label=minutes cs1="
        + value(entry.rule())
        + " cs1Label=rule cs2="
        + value(entry.target())
        + " cs2Label=target cs3="
        + value(link.hash())
        + " cs3Label=hash cs4="
        + value(entry.tenant().toString())
        + " cs4Label=tenant cs5="
        + value(entry.requestId())
        + " cs5Label=requestId cs6="
        + value(delivery.ranges().toString())
        + " cs6Label=ranges";
  }

  private static String header(String text) {
    return oneLine(text.replace("\\", "\\\\").replace("|", "\\|"));
  }

  private static String value(String text) {
    return oneLine(text.replace("\\", "\\\\").replace("=", "\\="));
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n");
  }
}
