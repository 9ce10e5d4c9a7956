package io.imagebus.e2e;

import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.Clients;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A socket that talks of walls only, with all that it was told. May be read from any thread. */
final class WallScreen {

  /** Held: Vert.x closes the sockets of a client that nobody refers to. */
  private final WebSocketClient sockets;

  private final WebSocket socket;
  private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

  WallScreen(Clients clients, ServerUrl server) throws Exception {
    sockets = clients.vertx().createWebSocketClient();
    socket =
        sockets
            .connect(server.port(), server.host(), "/ws")
            .onSuccess(opened -> opened.textMessageHandler(text -> heard.add(new JsonObject(text))))
            .await(10, TimeUnit.SECONDS);
  }

  WallScreen say(JsonObject message) {
    socket.writeTextMessage(message.encode());
    return this;
  }

  WallScreen watch(String wall) {
    return say(new JsonObject().put("type", "watch").put("wall", wall));
  }

  /** Reports a tile for each state. */
  WallScreen report(String wall, String screen, String... states) {
    JsonArray tiles = new JsonArray();
    for (String state : states) {
      tiles.add(new JsonObject().put("topic", "site/gate").put("state", state).put("fps", 9.5));
    }
    return say(
        new JsonObject()
            .put("type", "screen")
            .put("wall", wall)
            .put("screen", screen)
            .put("tiles", tiles));
  }

  List<JsonObject> heard(String type) {
    return heard.stream().filter(each -> type.equals(each.getString("type"))).toList();
  }

  JsonObject await_(String type, Predicate<JsonObject> wanted) {
    await().until(() -> heard(type).stream().anyMatch(wanted));
    return heard(type).stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits until the wall's newest layout shows the topic first. */
  void awaitShown(String wall, String topic) {
    await().until(() -> topic.equals(firstTopic(wall)));
  }

  private String firstTopic(String wall) {
    List<JsonObject> told =
        heard("wall").stream().filter(each -> wall.equals(each.getString("wall"))).toList();
    JsonObject layout = told.isEmpty() ? null : told.get(told.size() - 1).getJsonObject("layout");
    return layout == null ? "" : layout.getJsonArray("tiles").getJsonObject(0).getString("topic");
  }

  void close() {
    socket.close().await();
    sockets.close().await();
  }
}
