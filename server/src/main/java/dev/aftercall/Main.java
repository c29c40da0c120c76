package dev.aftercall;

import dev.aftercall.cli.Commands;

/** Where the process begins. */
public final class Main {
  private Main() {}

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(arguments));
  }
}
