package io.imagebus.wall;

import io.imagebus.frame.TopicFilter;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and checks a layout as people and programs write it. Tiles without a place are put where
 * there is room, row by row. Stateless.
 */
final class LayoutReader {

  private static final Set<String> FIELDS = Set.of("title", "columns", "dwellSeconds", "tiles");
  private static final Set<String> TILE_FIELDS =
      Set.of("topic", "title", "column", "row", "width", "height");

  private static final int MAX_TITLE = 100;
  private static final int PRESET_COLUMNS = 4;
  private static final int PRESET_DWELL_SECONDS = 10;

  private LayoutReader() {}

  /**
   * Reads a document.
   *
   * @throws BadField says what is wrong and what would be right
   */
  static Layout read(JsonObject json) {
    Fields fields = Fields.of(json, FIELDS);
    int columns = fields.number("columns", PRESET_COLUMNS, 1, Layout.MAX_COLUMNS);
    return new Layout(
        fields.text("title", "", MAX_TITLE),
        columns,
        fields.number("dwellSeconds", PRESET_DWELL_SECONDS, 0, Layout.MAX_DWELL_SECONDS),
        tiles(fields.objects("tiles", 1, Layout.MAX_TILES, TILE_FIELDS), columns));
  }

  private static List<Tile> tiles(List<Fields> all, int columns) {
    List<Optional<Cell>> placed = all.stream().map(fields -> place(fields, columns)).toList();
    List<Cell> taken = new ArrayList<>(placed.stream().flatMap(Optional::stream).toList());
    List<Tile> tiles = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Fields fields = all.get(i);
      Optional<Cell> own = placed.get(i);
      own.ifPresent(cell -> refuseOverlap(fields, cell, tiles));
      Cell cell = own.orElseGet(() -> room(fields, columns, taken));
      TopicFilter topic = fields.read("topic", TopicFilter::new);
      tiles.add(new Tile(topic, fields.text("title", "", MAX_TITLE), cell));
    }
    return tiles;
  }

  private static Optional<Cell> place(Fields fields, int columns) {
    int width = fields.number("width", 1, 1, columns);
    int height = fields.number("height", 1, 1, Layout.MAX_ROWS);
    if (!fields.has("column") && !fields.has("row")) {
      return Optional.empty();
    }
    return Optional.of(
        new Cell(
            fields.number("column", 1, columns - width + 1),
            fields.number("row", 1, Layout.MAX_ROWS - height + 1),
            width,
            height));
  }

  private static void refuseOverlap(Fields fields, Cell cell, List<Tile> before) {
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).cell().overlaps(cell)) {
        throw fields.bad(
            "column",
            "and row put this tile over tiles[" + i + "]; move one of them or leave both out");
      }
    }
  }

  /** The first free place, row by row; it is taken then. */
  private static Cell room(Fields fields, int columns, List<Cell> taken) {
    int width = fields.number("width", 1, 1, columns);
    int height = fields.number("height", 1, 1, Layout.MAX_ROWS);
    for (int row = 1; row + height - 1 <= Layout.MAX_ROWS; row++) {
      for (int column = 1; column + width - 1 <= columns; column++) {
        Cell cell = new Cell(column, row, width, height);
        if (taken.stream().noneMatch(cell::overlaps)) {
          taken.add(cell);
          return cell;
        }
      }
    }
    throw fields.bad("height", "finds no room in " + Layout.MAX_ROWS + " rows; make tiles smaller");
  }
}
