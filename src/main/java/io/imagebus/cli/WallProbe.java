package io.imagebus.cli;

import io.imagebus.client.ServerUrl;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Waits until a node's wall really answers, and knows the topics that it should show. */
final class WallProbe {

  private static final long RETRY_MILLIS = 100;
  private static final long GIVE_UP_MILLIS = 60_000;

  private final Vertx vertx;
  private final ServerUrl url;
  private final List<String> topics;
  private final HttpClient http;
  private final Promise<Void> answered = Promise.promise();

  private WallProbe(Vertx vertx, ServerUrl url, List<String> topics) {
    this.vertx = vertx;
    this.url = url;
    this.topics = topics;
    this.http = vertx.createHttpClient();
  }

  /**
   * Waits.
   *
   * @param topics names that must be live
   * @return fails when the node does not answer so for a minute
   */
  static Future<Void> answers(Vertx vertx, ServerUrl url, List<String> topics) {
    WallProbe probe = new WallProbe(vertx, url, topics);
    long giveUp =
        vertx.setTimer(
            GIVE_UP_MILLIS,
            timer ->
                probe.answered.tryFail(
                    url + " does not answer; the log above may say why. Is the port in use?"));
    probe.ask();
    return probe
        .answered
        .future()
        .onComplete(
            done -> {
              vertx.cancelTimer(giveUp);
              probe.http.close();
            });
  }

  private void ask() {
    get("/")
        .compose(page -> get("/api/v1/topics"))
        .onComplete(
            asked -> {
              if (asked.succeeded() && live(new JsonObject(asked.result())).containsAll(topics)) {
                answered.tryComplete();
              } else if (!answered.future().isComplete()) {
                vertx.setTimer(RETRY_MILLIS, timer -> ask());
              }
            });
  }

  private Future<String> get(String path) {
    return http.request(HttpMethod.GET, url.port(), url.host(), path)
        .compose(request -> request.send())
        .compose(
            response ->
                response.statusCode() == 200
                    ? response.body().map(Object::toString)
                    : Future.failedFuture("status " + response.statusCode()));
  }

  private static List<String> live(JsonObject answer) {
    return answer.getJsonArray("topics", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(topic -> "live".equals(topic.getString("state")))
        .map(topic -> topic.getString("topic"))
        .toList();
  }
}
