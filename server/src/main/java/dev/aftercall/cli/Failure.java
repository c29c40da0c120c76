package dev.aftercall.cli;

import dev.aftercall.change.ChangeRefused;
import dev.aftercall.config.SettingsException;
import dev.aftercall.http.GraphException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A command that cannot do what it was asked, with the reason for people. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  /** What a command says when it ends by that exception. */
  static String explain(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    // The message of these is the path alone.
    if (failure instanceof NoSuchFileException) {
      return "There is no file or folder " + message + ".";
    }
    if (failure instanceof AccessDeniedException) {
      return "This user may not read or write " + message + ".";
    }
    if (failure instanceof ChangeRefused refused) {
      return refused.text() + " " + refused.remedy();
    }
    boolean known =
        failure instanceof SettingsException
            || failure instanceof IOException
            || failure instanceof Failure
            || failure instanceof GraphException
            || failure instanceof IllegalStateException;
    return known ? message : failure.toString();
  }
}
