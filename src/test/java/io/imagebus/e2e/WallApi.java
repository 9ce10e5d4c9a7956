package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The walls of one node over HTTP. */
record WallApi(NodeProcess node) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** A layout of one tile. */
  static JsonObject layout(String topic) {
    return new JsonObject().put("tiles", new JsonArray().add(new JsonObject().put("topic", topic)));
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + "/api/v1/walls" + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  /** Keeps a layout of one tile, whatever was there before. */
  JsonObject put(String wall, String topic) throws Exception {
    boolean isThere = get("/" + wall).statusCode() == 200;
    String[] headers = isThere ? new String[] {"If-Match", "*"} : new String[0];
    HttpResponse<String> answer = send("PUT", "/" + wall, layout(topic).encode(), headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(isThere ? 200 : 201);
    return new JsonObject(answer.body());
  }

  /** The first topic of a wall; the status if there is none. */
  String firstTopic(String wall) throws Exception {
    HttpResponse<String> answer = get("/" + wall);
    return answer.statusCode() == 200
        ? new JsonObject(answer.body()).getJsonArray("tiles").getJsonObject(0).getString("topic")
        : String.valueOf(answer.statusCode());
  }

  JsonArray screens(String wall) throws Exception {
    return new JsonObject(get("/" + wall + "/screens").body()).getJsonArray("screens");
  }
}
