package io.imagebus.config;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: 4096, 128KiB, 4MiB, 2GiB. */
final class ByteSize {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(KiB|MiB|GiB)?");

  private ByteSize() {}

  /** The bytes that a text means; empty when it is no size or none that fits 63 bits. */
  static OptionalLong parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    int shift = matcher.group(2) == null ? 0 : shiftOf(matcher.group(2));
    return count > Long.MAX_VALUE >> shift ? OptionalLong.empty() : OptionalLong.of(count << shift);
  }

  /** The size with the largest unit that leaves a whole number. */
  static String format(long bytes) {
    for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
      long size = 1L << shiftOf(unit);
      if (bytes != 0 && bytes % size == 0) {
        return bytes / size + unit;
      }
    }
    return Long.toString(bytes);
  }

  private static int shiftOf(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      default -> 30;
    };
  }
}
