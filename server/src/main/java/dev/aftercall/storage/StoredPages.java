package dev.aftercall.storage;

import dev.aftercall.content.ContentKey;
import dev.aftercall.content.ContentStore;
import dev.aftercall.content.Stored;
import dev.aftercall.meeting.GraphIds;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The store's side. Of one tenant it is what lies in the tenant's folder. */
record StoredPages(ContentStore contents, Optional<UUID> tenant, int limit)
    implements Side.Pages<Stored> {
  @Override
  public List<Stored> after(String path) throws IOException {
    if (tenant.isEmpty()) {
      return contents.list(path, limit);
    }
    String folder = tenant.get() + "/";
    List<Stored> page = contents.list(path.isEmpty() ? folder : path, limit);
    return page.stream().takeWhile(stored -> stored.path().startsWith(folder)).toList();
  }

  @Override
  public String path(Stored item) {
    return item.path();
  }

  /** Whose folder it lies in. */
  static Optional<UUID> tenant(Stored stored) {
    return stored
        .key()
        .map(ContentKey::tenant)
        .or(() -> GraphIds.guid(stored.path().split("/", 2)[0]));
  }
}
