package dev.aftercall.conformance;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check claims.
 *
 * @param note the year, or the reason
 */
record Mark(Kind kind, String note) {
  /** The three claims. */
  enum Kind {
    VERIFIED,
    DIFFERS,
    TODO
  }

  /** The one mark of a check. */
  static Mark of(Method check) {
    List<Mark> marks = new ArrayList<>();
    Verified verified = check.getAnnotation(Verified.class);
    if (verified != null) {
      marks.add(new Mark(Kind.VERIFIED, Integer.toString(verified.year())));
    }
    Differs differs = check.getAnnotation(Differs.class);
    if (differs != null) {
      marks.add(new Mark(Kind.DIFFERS, differs.value()));
    }
    Todo todo = check.getAnnotation(Todo.class);
    if (todo != null) {
      marks.add(new Mark(Kind.TODO, todo.value()));
    }
    if (marks.size() != 1) {
      throw new IllegalStateException(
          check + " must be marked with one of @Verified, @Differs and @Todo.");
    }
    return marks.getFirst();
  }
}
