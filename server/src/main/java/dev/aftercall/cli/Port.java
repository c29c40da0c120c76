package dev.aftercall.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a port to listen at; 0 is any free one. */
final class Port implements ITypeConverter<Integer> {
  private static final int LAST = 65_535;

  @Override
  public Integer convert(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LAST) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw none(text);
    }
    throw none(text);
  }

  private static TypeConversionException none(String text) {
    return new TypeConversionException(
        "'" + text + "' is no port; give a number from 0 to " + LAST);
  }
}
