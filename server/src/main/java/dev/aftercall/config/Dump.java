package dev.aftercall.config;

import java.util.ArrayList;
import java.util.List;

/** Settings as their file would write them, secrets masked. */
final class Dump {
  private Dump() {}

  static List<String> of(Settings settings) {
    List<String> lines = new ArrayList<>();
    Keys.ALL.forEach(key -> lines.add(key.name() + "=" + key.show(settings)));
    RetentionKeys.ALL.forEach(key -> lines.add(key.name() + "=" + key.show(settings.retention())));
    if (settings.content() instanceof Settings.S3 s3) {
      S3Keys.ALL.forEach(key -> lines.add(key.name() + "=" + key.show(s3)));
    }
    if (settings.throttle().mode() == Settings.Throttle.Mode.CUSTOM) {
      ThrottleKeys.ALL.forEach(key -> lines.add(key.name() + "=" + key.show(settings.throttle())));
    }
    StorageKeys.ALL.forEach(key -> lines.add(key.name() + "=" + key.show(settings.storage())));
    MetricsKeys.ALL.forEach(key -> lines.add(key.name() + "=" + key.show(settings.metrics())));
    for (IntakeSource source : settings.intake().sources()) {
      SourceKeys.ALL.forEach(
          key -> lines.add(key.of(source.name()).name() + "=" + key.show(source)));
    }
    lines.addAll(SinkKeys.dump(settings.notifications()));
    for (Issuer issuer : settings.issuers()) {
      IssuerKeys.ALL.forEach(
          key -> lines.add(key.of(issuer.name()).name() + "=" + key.show(issuer)));
    }
    return List.copyOf(lines);
  }
}
