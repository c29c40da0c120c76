package dev.aftercall.http;

import dev.aftercall.query.Filter;
import dev.aftercall.query.Filter.Value;
import dev.aftercall.query.ListQuery;
import dev.aftercall.query.Order;
import dev.aftercall.query.Property;
import dev.aftercall.recording.Inventory.Bookmark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Page tokens as few bytes. Read are only bytes that we wrote: the signature comes first. */
final class PageTokenCodec {
  /** To be raised when the form changes, or an enum's order; older tokens are then foreign. */
  private static final byte FORM = 2;

  private static final List<PageToken.Step> STEPS = List.of(PageToken.Step.values());
  private static final List<Quirk> QUIRKS = List.of(Quirk.values());
  private static final List<Property> PROPERTIES = List.of(Property.values());
  private static final List<Filter.Relation> RELATIONS = List.of(Filter.Relation.values());
  private static final List<Filter.Place> PLACES = List.of(Filter.Place.values());

  private PageTokenCodec() {}

  static byte[] write(PageToken token) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      write(out, STEPS, token.step());
      out.writeLong(token.issued());
      out.writeLong(token.position());
      out.writeShort(token.query().top());
      Optional<Filter> filter = token.query().filter();
      out.writeBoolean(filter.isPresent());
      if (filter.isPresent()) {
        write(out, filter.get());
      }
      out.writeByte(token.query().order().size());
      for (Order order : token.query().order()) {
        write(out, PROPERTIES, order.property());
        out.writeBoolean(order.descending());
      }
      out.writeByte(token.select().size());
      for (String name : token.select()) {
        out.writeUTF(name);
      }
      out.writeBoolean(token.after().isPresent());
      if (token.after().isPresent()) {
        Bookmark bookmark = token.after().get();
        write(out, bookmark.keys());
        out.writeLong(bookmark.artifact().getMostSignificantBits());
        out.writeLong(bookmark.artifact().getLeastSignificantBits());
      }
      out.writeByte(token.shown().size());
      for (Quirk quirk : token.shown()) {
        write(out, QUIRKS, quirk);
      }
    }
    return bytes.toByteArray();
  }

  /** Empty when it is of another form. */
  static Optional<PageToken> read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readByte() != FORM) {
      return Optional.empty();
    }
    PageToken.Step step = STEPS.get(in.readByte());
    long issued = in.readLong();
    long position = in.readLong();
    int top = in.readShort();
    Optional<Filter> filter = in.readBoolean() ? Optional.of(filter(in)) : Optional.empty();
    List<Order> order = new ArrayList<>();
    for (int count = in.readByte(); count > 0; count--) {
      order.add(new Order(property(in), in.readBoolean()));
    }
    List<String> select = new ArrayList<>();
    for (int count = in.readByte(); count > 0; count--) {
      select.add(in.readUTF());
    }
    Optional<Bookmark> after =
        in.readBoolean()
            ? Optional.of(new Bookmark(values(in), new UUID(in.readLong(), in.readLong())))
            : Optional.empty();
    Set<Quirk> shown = EnumSet.noneOf(Quirk.class);
    for (int count = in.readByte(); count > 0; count--) {
      shown.add(QUIRKS.get(in.readByte()));
    }
    return Optional.of(
        new PageToken(
            step, issued, position, new ListQuery(filter, order, top), select, after, shown));
  }

  private static void write(DataOutputStream out, Filter filter) throws IOException {
    switch (filter) {
      case Filter.Constant(boolean value) -> out.writeByte(value ? 'T' : 'F');
      case Filter.And(Filter left, Filter right) -> both(out, '&', left, right);
      case Filter.Or(Filter left, Filter right) -> both(out, '|', left, right);
      case Filter.Not(Filter inner) -> {
        out.writeByte('!');
        write(out, inner);
      }
      case Filter.Compare(Property property, Filter.Relation relation, Value value) -> {
        out.writeByte('=');
        write(out, PROPERTIES, property);
        write(out, RELATIONS, relation);
        write(out, value);
      }
      case Filter.In(Property property, List<Value> values) -> {
        out.writeByte('[');
        write(out, PROPERTIES, property);
        write(out, values);
      }
      case Filter.Match(Property property, Filter.Place place, String part) -> {
        out.writeByte('~');
        write(out, PROPERTIES, property);
        write(out, PLACES, place);
        out.writeUTF(part);
      }
    }
  }

  private static <T> void write(DataOutputStream out, List<T> all, T one) throws IOException {
    out.writeByte(all.indexOf(one));
  }

  private static void both(DataOutputStream out, char word, Filter left, Filter right)
      throws IOException {
    out.writeByte(word);
    write(out, left);
    write(out, right);
  }

  private static Filter filter(DataInputStream in) throws IOException {
    char word = (char) in.readByte();
    return switch (word) {
      case 'T' -> new Filter.Constant(true);
      case 'F' -> new Filter.Constant(false);
      case '&' -> new Filter.And(filter(in), filter(in));
      case '|' -> new Filter.Or(filter(in), filter(in));
      case '!' -> new Filter.Not(filter(in));
      case '=' -> new Filter.Compare(property(in), RELATIONS.get(in.readByte()), value(in));
      case '[' -> new Filter.In(property(in), values(in));
      case '~' -> new Filter.Match(property(in), PLACES.get(in.readByte()), in.readUTF());
      default -> throw new IOException("No filter begins with '" + word + "'.");
    };
  }

  private static Property property(DataInputStream in) throws IOException {
    return PROPERTIES.get(in.readByte());
  }

  private static void write(DataOutputStream out, List<Value> values) throws IOException {
    out.writeShort(values.size());
    for (Value value : values) {
      write(out, value);
    }
  }

  private static List<Value> values(DataInputStream in) throws IOException {
    List<Value> values = new ArrayList<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      values.add(value(in));
    }
    return values;
  }

  private static void write(DataOutputStream out, Value value) throws IOException {
    switch (value) {
      case Value.Null none -> out.writeByte('0');
      case Value.Text(String text) -> {
        out.writeByte('t');
        out.writeUTF(text);
      }
      case Value.Instant(long ticks) -> {
        out.writeByte('i');
        out.writeLong(ticks);
      }
    }
  }

  private static Value value(DataInputStream in) throws IOException {
    char word = (char) in.readByte();
    return switch (word) {
      case '0' -> new Value.Null();
      case 't' -> new Value.Text(in.readUTF());
      case 'i' -> new Value.Instant(in.readLong());
      default -> throw new IOException("No value begins with '" + word + "'.");
    };
  }
}
