package io.imagebus.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows under a heading, each column as wide as its widest cell so far. May go on and on: the
 * heading comes again now and then, and when a column has grown. Owned by one thread.
 */
final class TextTable {

  private static final String GAP = "  ";

  /** A number, a size as in 640x360, a number with its unit or a remark; or none at all. */
  private static final Pattern NUMBER = Pattern.compile("-|\\d[\\d.,x]*~?( .*)?");

  private static final int ROWS_UNDER_HEADING = 20;

  private final String[] heading;
  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;
  private int rowsLeft;

  TextTable(String... heading) {
    this.heading = heading;
    widths = new int[heading.length];
    grow(heading);
  }

  /** Adds a row; numbers are set to the right. */
  void row(Object... cells) {
    String[] row = Arrays.stream(cells).map(String::valueOf).toArray(String[]::new);
    grow(row);
    rows.add(row);
  }

  private void grow(String[] row) {
    for (int i = 0; i < widths.length; i++) {
      if (row[i].length() > widths[i]) {
        widths[i] = row[i].length();
        rowsLeft = 0;
      }
    }
  }

  /** The rows since the last time, under the heading if it is due. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (rowsLeft <= 0) {
      lines.add(line(heading));
      rowsLeft = Math.max(ROWS_UNDER_HEADING, rows.size());
    }
    rows.forEach(row -> lines.add(line(row)));
    rowsLeft -= rows.size();
    rows.clear();
    return lines;
  }

  private String line(String[] row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      String padding = " ".repeat(widths[i] - row[i].length());
      line.append(i == 0 ? "" : GAP);
      line.append(isNumber(row[i]) ? padding + row[i] : row[i] + padding);
    }
    return line.toString().stripTrailing();
  }

  private static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }
}
