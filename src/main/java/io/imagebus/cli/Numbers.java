package io.imagebus.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers on the command line, refused with what is allowed. */
final class Numbers {

  private Numbers() {}

  /** Pictures a second. */
  static final class Rate implements ITypeConverter<Double> {

    private static final double HIGHEST = 1_000;

    @Override
    public Double convert(String text) {
      return number(
          text, 0, HIGHEST, "a number of pictures a second from 0 (as fast as accepted) to 1000");
    }
  }

  /** How many. */
  static final class Count implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      String allowed = "a whole number from 1 to " + Long.MAX_VALUE;
      try {
        long count = Long.parseLong(text);
        if (count >= 1) {
          return count;
        }
      } catch (NumberFormatException e) {
        throw refused(text, allowed);
      }
      throw refused(text, allowed);
    }
  }

  /** A time. */
  static final class Seconds implements ITypeConverter<Double> {

    private static final double SHORTEST = 0.1;
    private static final double LONGEST = 365 * 86_400.0;

    @Override
    public Double convert(String text) {
      return number(text, SHORTEST, LONGEST, "a number of seconds from 0.1 to 31536000");
    }
  }

  private static double number(String text, double least, double most, String allowed) {
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refused(text, allowed);
    }
    throw refused(text, allowed);
  }

  private static TypeConversionException refused(String text, String allowed) {
    return new TypeConversionException("'" + text + "' is not " + allowed);
  }
}
