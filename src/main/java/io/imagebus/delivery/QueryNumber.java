package io.imagebus.delivery;

/** Numbers in queries. */
final class QueryNumber {

  private QueryNumber() {}

  static double of(String name, String text) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number) && number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + "=" + text + " is not a number", e);
    }
    throw new IllegalArgumentException(name + "=" + text + " is not a number of at least 0");
  }
}
