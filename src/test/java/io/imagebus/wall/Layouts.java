package io.imagebus.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Layouts for tests. */
final class Layouts {

  private Layouts() {}

  /** A layout of one tile, told apart by its topic. */
  static Layout of(String topic) {
    return LayoutReader.read(
        new JsonObject().put("tiles", new JsonArray().add(new JsonObject().put("topic", topic))));
  }

  static Layout read(String json) {
    return LayoutReader.read(new JsonObject(json));
  }
}
