package io.imagebus.wall;

import java.util.List;

/**
 * What a wall shows and where. Immutable; made and checked by {@link LayoutReader}.
 *
 * @param title for people; may be empty
 * @param columns of the grid, 1 to {@link #MAX_COLUMNS}
 * @param dwellSeconds how long a tile with a filter, or a page of tiles, is shown before the next;
 *     0: for ever
 * @param tiles 1 to {@link #MAX_TILES}, none over another
 */
record Layout(String title, int columns, int dwellSeconds, List<Tile> tiles) {

  static final int MAX_TILES = 100;
  static final int MAX_COLUMNS = 20;
  static final int MAX_ROWS = 100;
  static final int MAX_DWELL_SECONDS = 3_600;

  /** Longest document as it is sent, bytes. */
  static final int MAX_BYTES = 64 * 1024;

  Layout {
    tiles = List.copyOf(tiles);
  }
}
