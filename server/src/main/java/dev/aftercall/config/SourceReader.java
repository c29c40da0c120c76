package dev.aftercall.config;

import dev.aftercall.recorder.Inbox;

/** Makes the record of one recorder. */
final class SourceReader {
  private final SettingsReader settings;

  SourceReader(SettingsReader settings) {
    this.settings = settings;
  }

  IntakeSource read(String name) {
    return new IntakeSource(
        name,
        get(SourceKeys.TYPE.of(name)),
        get(SourceKeys.TENANT.of(name)),
        get(SourceKeys.KEY.of(name)),
        get(SourceKeys.SECRET.of(name)),
        get(SourceKeys.ASSERTS.of(name)),
        get(SourceKeys.DELAY.of(name)),
        get(SourceKeys.GAP.of(name)),
        get(SourceKeys.ZONE.of(name)),
        get(SourceKeys.URL.of(name)),
        new IntakeSource.Reach(
            get(SourceKeys.HOSTS.of(name)),
            get(SourceKeys.REDIRECT_HOSTS.of(name)),
            get(SourceKeys.NETWORKS.of(name)),
            get(SourceKeys.PLAIN_HTTP.of(name)),
            get(SourceKeys.QUERY.of(name))),
        new IntakeSource.Store(
            get(SourceKeys.S3_ENDPOINT.of(name)),
            get(SourceKeys.S3_REGION.of(name)),
            get(SourceKeys.S3_BUCKETS.of(name)),
            get(SourceKeys.S3_ACCESS_KEY.of(name)),
            get(SourceKeys.S3_SECRET_KEY.of(name)),
            get(SourceKeys.S3_PATH_STYLE.of(name)),
            get(SourceKeys.S3_SNS_TOPICS.of(name))),
        new IntakeSource.Folder(
            get(SourceKeys.FOLDER.of(name)),
            get(SourceKeys.FOLDER_SEEN_AS.of(name)),
            new Inbox(
                get(SourceKeys.FOLDER_SETTLE.of(name)),
                get(SourceKeys.FOLDER_AFTERWARDS.of(name)))),
        get(SourceKeys.FOLLOW_DELETIONS.of(name)),
        new IntakeSource.Remote(
            get(GraphKeys.TENANT.of(name)),
            get(GraphKeys.LOGIN_URL.of(name)),
            get(GraphKeys.SCOPE.of(name)),
            get(GraphKeys.ORGANIZERS.of(name)),
            get(GraphKeys.GROUPS.of(name)),
            get(GraphKeys.CALLS.of(name)),
            get(GraphKeys.EVERY.of(name))));
  }

  private <T> T get(Key<?, T> key) {
    return settings.get(key);
  }
}
