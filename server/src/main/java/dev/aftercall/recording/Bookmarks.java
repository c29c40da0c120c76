package dev.aftercall.recording;

import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Inventory.Bookmark;
import dev.aftercall.recording.Inventory.Item;
import java.util.ArrayList;
import java.util.List;

/** In which order items stand, and where among them a page ends. */
public final class Bookmarks {
  private Bookmarks() {}

  /** The order in full: the collection's own is by creation; nothing is named twice. */
  public static List<Order> order(List<Order> asked) {
    if (asked.isEmpty()) {
      return List.of(new Order(Property.CREATED, false));
    }
    List<Order> distinct = new ArrayList<>();
    for (Order order : asked) {
      if (distinct.stream().noneMatch(known -> known.property() == order.property())) {
        distinct.add(order);
      }
    }
    return distinct;
  }

  /** A bookmark behind that item. */
  public static Bookmark behind(Item item, List<Order> asked) {
    return new Bookmark(
        order(asked).stream().map(order -> value(item, order.property())).toList(),
        item.artifact());
  }

  private static Value value(Item item, Property property) {
    return switch (property) {
      case CREATED -> new Value.Instant(item.created());
      case ENDED -> new Value.Instant(item.ended());
      case ID -> new Value.Text(item.id());
      default -> throw new IllegalArgumentException("Nothing is ordered by " + property.path());
    };
  }
}
