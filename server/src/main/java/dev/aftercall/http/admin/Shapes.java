package dev.aftercall.http.admin;

import dev.aftercall.http.json.Kind;
import dev.aftercall.http.json.Member;

/** Members that many shapes have. */
final class Shapes {
  static final Member WARNINGS =
      Member.readOnly(
          "warnings",
          new Kind.ListOf(new Kind.Text(1, 1_000), 10_000),
          "After a change: what was accepted and may yet be a mistake.");

  private Shapes() {}
}
