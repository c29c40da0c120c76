package dev.aftercall.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The last class of a run: docs/api-compatibility.md says what the run showed. */
@Order(Integer.MAX_VALUE)
@ExtendWith(ConformanceExtension.Ran.class)
final class CompatibilityPageTest {
  static final String WRITE_DOCS = "aftercall.conformance.write-docs";

  @Test
  void thePageSaysWhatTheRunShowed(Report report) throws IOException {
    Assumptions.assumeTrue(report.ofThisTree(), "another server was judged");
    Assumptions.assumeTrue(
        report.shown().equals(Checks.all()), "not every check ran, or not every one passed");
    String rows = CompatibilityPage.rows(report.lines());
    if (Boolean.getBoolean(WRITE_DOCS)) {
      CompatibilityPage.write(rows);
    }
    assertThat(CompatibilityPage.current())
        .as(
            "docs/api-compatibility.md is not what the checks show. Write it anew: "
                + "mvn verify -pl conformance -D"
                + WRITE_DOCS
                + "=true")
        .isEqualTo(rows);
  }
}
