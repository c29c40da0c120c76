package dev.aftercall.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aftercall.content.ContentKey;
import dev.aftercall.jdbc.ModelArchive.Thing;
import dev.aftercall.query.ListQuery;
import dev.aftercall.recording.Artifact.Kind;
import dev.aftercall.recording.Inventory;
import dev.aftercall.recording.Inventory.Change;
import dev.aftercall.recording.Shelf;
import dev.aftercall.retention.Archive;
import dev.aftercall.retention.ArchiveItem;
import dev.aftercall.retention.Disposal;
import dev.aftercall.retention.RetentionRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whether archive and model say the same of a tenant. */
record RetentionComparison(
    RetentionHouse house, ModelArchive model, UUID tenant, List<UUID> people) {
  /** Of every item, certificate and byte. */
  void sameIsKept() {
    Map<UUID, ArchiveItem> items = new HashMap<>();
    for (Kind kind : Kind.values()) {
      house
          .archive()
          .page(tenant, Archive.Ask.all(kind).withParticipants(), Optional.empty(), 999)
          .forEach(item -> items.put(item.artifact(), item));
    }
    RetentionRules book = house.outlook().rules(tenant);
    Set<UUID> gone = new HashSet<>();
    for (Thing thing : model.things.values()) {
      ArchiveItem item = items.get(thing.id);
      boolean bytes = house.contents().kept.contains(new ContentKey(tenant, thing.id));
      assertThat(bytes).as("bytes of %s", thing.id).isEqualTo(item != null);
      if (thing.state.equals("gone")) {
        assertThat(item).isNull();
        gone.add(thing.id);
        continue;
      }
      assertThat(item).as("item %s", thing.id).isNotNull();
      String state = item.removal().isEmpty() ? "live" : "trash";
      assertThat(state).as("state of %s", thing.id).isEqualTo(thing.state);
      if (state.equals("trash")) {
        assertThat(item.removal().get().rule()).isEqualTo(thing.why);
        assertThat(item.removal().get().at()).isEqualTo(thing.removed);
      } else {
        RetentionRules.Expiry expiry = book.of(item);
        assertThat(Map.entry(expiry.rule(), expiry.at().orElse(Long.MAX_VALUE)))
            .as("end of %s", thing.id)
            .isEqualTo(model.end(thing));
      }
    }
    assertThat(
            new JdbcDisposals(house.database())
                .page(tenant, Optional.empty(), 999).stream()
                    .map(Disposal::artifact)
                    .collect(Collectors.toSet()))
        .isEqualTo(gone);
  }

  /** Of lists, and of what deltas add up to. */
  void sameIsShown() {
    Inventory inventory = new JdbcInventory(house.database());
    ListQuery query = new ListQuery(Optional.empty(), List.of(), 999);
    for (Kind kind : Kind.values()) {
      for (UUID person : people) {
        Shelf shelf = new Shelf.OfOrganizer(tenant, person);
        Map<UUID, String> shown = new HashMap<>();
        inventory
            .page(shelf, kind, Stock.URL, query, Optional.empty(), 999)
            .forEach(item -> shown.put(item.artifact(), item.id()));
        assertThat(shown.keySet()).isEqualTo(model.shown(person, kind));
        Set<String> replayed = new HashSet<>();
        for (Change change :
            inventory.changes(shelf, kind, Stock.URL, Optional.empty(), true, 0, 9_999)) {
          switch (change) {
            case Change.Added(long at, Inventory.Item item) -> replayed.add(item.id());
            case Change.Removed(long at, String id, Inventory.Reason why) -> replayed.remove(id);
          }
        }
        assertThat(replayed).as("the deltas' sum").isEqualTo(Set.copyOf(shown.values()));
      }
    }
  }
}
