package dev.aftercall.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.aftercall.config.Settings.Log;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets the log up: one line an event on standard error, as text or as JSON. */
final class Logging {
  /** Libraries that report a client who left as an error, or their own start as news. */
  private static final List<String> CHATTY =
      List.of(
          "io.vertx.core.net.impl.VertxConnection",
          "io.netty",
          "com.zaxxer.hikari",
          "org.flywaydb",
          "software.amazon.awssdk",
          "org.apache.hc");

  /** Warns of each try to reach a broker that is away; what came of it is in the delivery log. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  /** Loggers are weakly held by the log manager; these must keep their levels. */
  private static final List<Logger> KEPT = CHATTY.stream().map(Logger::getLogger).toList();

  private Logging() {}

  static void set(Log log) {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setFormatter(log.format() == Log.Format.JSON ? new Json() : new Text());
    handler.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    root.setLevel(
        switch (log.level()) {
          case DEBUG -> Level.FINE;
          case INFO -> Level.INFO;
          case WARN -> Level.WARNING;
        });
    if (log.level() != Log.Level.DEBUG) {
      KEPT.forEach(logger -> logger.setLevel(Level.WARNING));
      KEPT.getFirst().setLevel(Level.OFF);
      KAFKA.setLevel(Level.SEVERE);
    }
  }

  /** For commands that talk to people by themselves: failures alone. */
  static void quiet() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
  }

  private static String level(LogRecord entry) {
    int value = entry.getLevel().intValue();
    return value >= Level.SEVERE.intValue()
        ? "ERROR"
        : value >= Level.WARNING.intValue()
            ? "WARN"
            : value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  private static String source(LogRecord entry) {
    String name = String.valueOf(entry.getLoggerName());
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String stack(LogRecord entry) {
    if (entry.getThrown() == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    entry.getThrown().printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static final class Text extends Formatter {
    /** Not {@code %tF}, which reads a locale's calendar first, while the start waits. */
    private static final DateTimeFormatter AT =
        new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    @Override
    public String format(LogRecord entry) {
      String level = level(entry);
      String message = formatMessage(entry).replace('\n', ' ').replace('\r', ' ');
      return AT.format(entry.getInstant())
          + " "
          + level
          + " ".repeat(6 - level.length())
          + source(entry)
          + ": "
          + message
          + System.lineSeparator()
          + stack(entry);
    }
  }

  private static final class Json extends Formatter {
    @Override
    public String format(LogRecord entry) {
      return "{\"at\":"
          + quoted(entry.getInstant().toString())
          + ",\"level\":"
          + quoted(level(entry))
          + ",\"logger\":"
          + quoted(String.valueOf(entry.getLoggerName()))
          + ",\"message\":"
          + quoted(formatMessage(entry))
          + (entry.getThrown() == null ? "" : ",\"stack\":" + quoted(stack(entry)))
          + "}\n";
    }

    private static String quoted(String text) {
      char[] safe = JsonStringEncoder.getInstance().quoteAsString(text);
      return '"' + new String(safe) + '"';
    }
  }
}
