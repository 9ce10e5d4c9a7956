package io.imagebus.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * What a screen says of itself, checked.
 *
 * @param wall the wall that it shows
 * @param screen its own name for itself, the same after it connected again
 * @param body what it shows and how well; not to be changed
 * @param live tiles whose picture is live
 * @param tiles all tiles
 */
record ScreenReport(WallName wall, String screen, JsonObject body, int live, int tiles) {

  private static final Set<String> FIELDS =
      Set.of("type", "wall", "screen", "etag", "via", "view", "tiles");
  private static final Set<String> VIEW_FIELDS = Set.of("width", "height", "ratio");
  private static final Set<String> TILE_FIELDS =
      Set.of("topic", "state", "fps", "ageMillis", "lost", "skipped");
  private static final Set<String> STATES =
      Set.of("CONNECTING", "LIVE", "STALE", "FROZEN", "OFFLINE", "DENIED", "HIDDEN");
  private static final Set<String> WAYS = Set.of("websocket", "mjpeg", "snapshot");

  private static final int MAX_SCREEN_NAME = 64;
  private static final int MAX_TAG = 40;
  private static final int MAX_TOPIC = 255;
  private static final int MAX_PIXELS = 100_000;
  private static final double MAX_RATIO = 16;
  private static final double MAX_FPS = 1_000;
  private static final double MAX_COUNT = 9e15;

  /**
   * Reads a {@code screen} message.
   *
   * @throws IllegalArgumentException says what is wrong with it
   */
  static ScreenReport of(JsonObject message) {
    Fields fields = Fields.of(message, FIELDS);
    WallName wall = fields.read("wall", WallName::new);
    String screen = fields.text("screen", "", MAX_SCREEN_NAME);
    if (screen.isBlank()) {
      throw fields.bad("screen", "is the screen's name for itself, such as hall-2-left");
    }
    JsonObject body = new JsonObject();
    put(body, "etag", fields.text("etag", "", MAX_TAG));
    if (fields.has("via")) {
      body.put("via", fields.choice("via", WAYS));
    }
    if (fields.has("view")) {
      body.put("view", view(fields.object("view", VIEW_FIELDS)));
    }
    JsonArray tiles = new JsonArray();
    int live = 0;
    for (Fields tile : fields.objects("tiles", 0, Layout.MAX_TILES, TILE_FIELDS)) {
      JsonObject read = tile(tile);
      live += "LIVE".equals(read.getString("state")) ? 1 : 0;
      tiles.add(read);
    }
    return new ScreenReport(wall, screen, body.put("tiles", tiles), live, tiles.size());
  }

  private static JsonObject view(Fields fields) {
    JsonObject view =
        new JsonObject()
            .put("width", fields.number("width", 1, MAX_PIXELS))
            .put("height", fields.number("height", 1, MAX_PIXELS));
    fields.measure("ratio", MAX_RATIO).ifPresent(ratio -> view.put("ratio", ratio));
    return view;
  }

  private static JsonObject tile(Fields fields) {
    JsonObject tile = new JsonObject();
    put(tile, "topic", fields.text("topic", "", MAX_TOPIC));
    tile.put("state", fields.choice("state", STATES));
    fields.measure("fps", MAX_FPS).ifPresent(fps -> tile.put("fps", fps));
    for (String count : new String[] {"ageMillis", "lost", "skipped"}) {
      fields.measure(count, MAX_COUNT).ifPresent(value -> tile.put(count, Math.round(value)));
    }
    return tile;
  }

  private static void put(JsonObject json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }
}
