package io.imagebus.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Where a change is kept at the moment when it is answered; what is missing follows by itself.
 *
 * @param onDisk nodes on which it outlives a restart
 * @param inMemory further nodes that have it
 * @param missing nodes that did not say within a second
 */
record Spread(int onDisk, int inMemory, List<String> missing) {

  Spread {
    missing = List.copyOf(missing);
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("onDisk", onDisk)
        .put("inMemory", inMemory)
        .put("missing", new JsonArray(missing));
  }
}
