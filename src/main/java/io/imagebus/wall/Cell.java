package io.imagebus.wall;

/**
 * A rectangle of a wall's grid.
 *
 * @param column its leftmost, from 1
 * @param row its topmost, from 1
 * @param width columns, 1 or more
 * @param height rows, 1 or more
 */
record Cell(int column, int row, int width, int height) {

  Cell {
    if (column < 1 || row < 1 || width < 1 || height < 1) {
      throw new IllegalArgumentException("a cell begins at 1 and is at least 1 wide and high");
    }
  }

  /** The rightmost column. */
  int lastColumn() {
    return column + width - 1;
  }

  /** The bottom row. */
  int lastRow() {
    return row + height - 1;
  }

  boolean overlaps(Cell other) {
    return column <= other.lastColumn()
        && other.column <= lastColumn()
        && row <= other.lastRow()
        && other.row <= lastRow();
  }
}
