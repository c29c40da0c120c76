package dev.aftercall.jdbc;

import dev.aftercall.intake.IntakeException;
import dev.aftercall.intake.IntakeStore.Steps;
import java.io.IOException;

/** Steps with checked exceptions as one transaction. */
final class Together {
  private Together() {}

  /** Brings what a step throws through the transaction, which it undoes. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failed(Exception cause) {
      super(cause);
    }
  }

  static <T> T of(Database database, Steps<T> steps) throws IntakeException, IOException {
    try {
      return database.together(
          () -> {
            try {
              return steps.take();
            } catch (IntakeException | IOException e) {
              throw new Failed(e);
            }
          });
    } catch (Failed e) {
      switch (e.getCause()) {
        case IntakeException cause -> throw cause;
        case IOException cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
