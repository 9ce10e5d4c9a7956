package io.imagebus.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.TreeMap;

/** Layouts as JSON: for clients, for other nodes, for files. Stateless. */
final class LayoutJson {

  private LayoutJson() {}

  /** The layout as clients get it; {@link LayoutReader} reads it again. */
  static JsonObject write(Layout layout) {
    JsonArray tiles = new JsonArray();
    layout.tiles().forEach(tile -> tiles.add(write(tile)));
    return new JsonObject()
        .put("title", layout.title())
        .put("columns", layout.columns())
        .put("dwellSeconds", layout.dwellSeconds())
        .put("tiles", tiles);
  }

  private static JsonObject write(Tile tile) {
    JsonObject json = new JsonObject().put("topic", tile.topic().text());
    if (!tile.title().isEmpty()) {
      json.put("title", tile.title());
    }
    Cell cell = tile.cell();
    return json.put("column", cell.column())
        .put("row", cell.row())
        .put("width", cell.width())
        .put("height", cell.height());
  }

  /** The whole record, with its history. */
  static JsonObject write(LayoutRecord record) {
    JsonObject seen = new JsonObject();
    record.version().seen().forEach(seen::put);
    JsonObject json =
        new JsonObject()
            .put("name", record.name().text())
            .put("edit", record.version().edit())
            .put("writer", record.version().writer())
            .put("seen", seen);
    record.layout().ifPresent(layout -> json.put("layout", write(layout)));
    return json;
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException if it is none that {@link #write(LayoutRecord)} makes
   */
  static LayoutRecord read(JsonObject json) {
    try {
      TreeMap<String, Long> seen = new TreeMap<>();
      json.getJsonObject("seen")
          .forEach(entry -> seen.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
      return new LayoutRecord(
          new WallName(json.getString("name")),
          new LayoutVersion(json.getLong("edit"), json.getString("writer"), seen),
          Optional.ofNullable(json.getJsonObject("layout")).map(LayoutReader::read));
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("not a record of a wall", e);
    }
  }
}
