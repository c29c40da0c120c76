package dev.aftercall.config;

import java.util.ArrayList;
import java.util.List;

/** Settings as their file would write them, secrets masked. */
final class Dump {
  private final List<String> lines = new ArrayList<>();

  private Dump() {}

  static List<String> of(Settings settings) {
    Dump dump = new Dump();
    dump.add(Keys.ALL, settings);
    dump.add(RetentionKeys.ALL, settings.retention());
    if (settings.content() instanceof Settings.S3 s3) {
      dump.add(S3Keys.ALL, s3);
    }
    if (settings.throttle().mode() == Settings.Throttle.Mode.CUSTOM) {
      dump.add(ThrottleKeys.ALL, settings.throttle());
    }
    dump.add(StorageKeys.ALL, settings.storage());
    dump.add(MetricsKeys.ALL, settings.metrics());
    dump.add(MeteringKeys.ALL, settings.metering());
    settings.intake().sources().forEach(it -> dump.add(SourceKeys.ALL, it.name(), it));
    settings
        .notifications()
        .webhooks()
        .forEach(it -> dump.add(SinkKeys.Webhook.ALL, it.name(), it));
    settings.notifications().topics().forEach(it -> dump.add(SinkKeys.Kafka.ALL, it.name(), it));
    settings.issuers().forEach(it -> dump.add(IssuerKeys.ALL, it.name(), it));
    return List.copyOf(dump.lines);
  }

  private <S> void add(List<Key<S, ?>> keys, S section) {
    keys.forEach(key -> lines.add(key.name() + "=" + key.show(section)));
  }

  /** Of one member of a family. */
  private <S> void add(List<Key<S, ?>> keys, String name, S member) {
    keys.forEach(key -> lines.add(key.of(name).name() + "=" + key.show(member)));
  }
}
