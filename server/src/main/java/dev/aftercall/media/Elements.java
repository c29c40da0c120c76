package dev.aftercall.media;

import java.io.IOException;

/** A walk over the elements side by side in another one of known size. */
final class Elements {
  private final PagedReader reader;
  private final long limit;
  private long at;

  private Elements(PagedReader reader, long at, long limit) {
    this.reader = reader;
    this.at = at;
    this.limit = limit;
  }

  static Elements in(PagedReader reader, Element parent) throws ContainerFault {
    return new Elements(reader, parent.body(), parent.closed().end());
  }

  boolean more() {
    return at < limit;
  }

  Element next() throws IOException, ContainerFault {
    Element element = Element.within(reader, at, limit).closed();
    at = element.end();
    return element;
  }
}
