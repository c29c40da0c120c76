package dev.aftercall.storage;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One side of the comparison: read page by page, looked at one by one. */
final class Side<T> {
  private final Pages<T> pages;
  private final Deque<T> page = new ArrayDeque<>();
  private String last;
  private boolean over;

  /** Reads what comes after a path; an empty page is the end. */
  interface Pages<T> {
    List<T> after(String path) throws IOException;

    String path(T item);
  }

  Side(String after, Pages<T> pages) {
    this.last = after;
    this.pages = pages;
  }

  /** The next one, empty at the end. */
  Optional<T> peek() throws IOException {
    if (page.isEmpty() && !over) {
      page.addAll(pages.after(last));
      over = page.isEmpty();
    }
    return Optional.ofNullable(page.peek());
  }

  void take() {
    last = pages.path(page.remove());
  }

  /** The path of the one taken last. */
  String last() {
    return last;
  }
}
