package dev.aftercall.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many previews are drawn of a recording, as {@code intake.previews} allows them. */
final class PreviewCount implements ITypeConverter<Integer> {
  private static final int MOST = 24;

  @Override
  public Integer convert(String text) {
    if (text.matches("[0-9]{1,2}") && Integer.parseInt(text) <= MOST) {
      return Integer.parseInt(text);
    }
    throw new TypeConversionException(
        "'" + text + "' is no number of previews; give one from 0 to " + MOST);
  }
}
