package dev.aftercall.cli;

import dev.aftercall.Server;
import dev.aftercall.jdbc.JdbcJournalStore;
import dev.aftercall.journal.StoredJournal;
import dev.aftercall.retention.Outlook;
import dev.aftercall.retention.RetentionRun;
import dev.aftercall.retention.RetentionSettings;
import dev.aftercall.time.Ids;
import dev.aftercall.time.Ticks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;

/** One tenant's archive, opened for a command. */
record Opened(Home home, UUID tenant, RetentionRun.Rooms rooms, RetentionSettings settings, Ids ids)
    implements AutoCloseable {
  /** Who did it, where a command did. */
  static final String WHO = "command line";

  static Opened by(HomeOption option) throws IOException {
    Home home = option.open();
    Ids ids = Ids.secure();
    return new Opened(
        home,
        option.tenant(home.database()),
        Server.archive(home.database(), home.contents(), ids),
        option.retention(),
        ids);
  }

  Outlook outlook() {
    return new Outlook(rooms, settings);
  }

  RetentionRun run() {
    StoredJournal journal = new StoredJournal(new JdbcJournalStore(home.database()), ids);
    return new RetentionRun(rooms, settings, journal, ids, InstantSource.system());
  }

  long now() {
    return Ticks.of(InstantSource.system().instant());
  }

  @Override
  public void close() throws IOException {
    home.close();
  }
}
