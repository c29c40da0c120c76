package dev.aftercall.storage;

import dev.aftercall.content.ContentKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The catalogue's side. */
record PromisedPages(Promises promises, Optional<UUID> tenant, int limit)
    implements Side.Pages<Promised> {
  @Override
  public List<Promised> after(String path) {
    Optional<Promises.Place> place =
        ContentKey.parse(path).map(key -> new Promises.Place(key.tenant(), key.artifact()));
    return promises.after(place, tenant, limit);
  }

  @Override
  public String path(Promised item) {
    return item.key().path();
  }
}
