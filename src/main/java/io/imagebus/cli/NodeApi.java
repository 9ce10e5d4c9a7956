package io.imagebus.cli;

import io.imagebus.client.ServerUrl;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Asks the nodes' HTTP door, one after the other until one answers. Owned by one event loop. */
final class NodeApi {

  private static final int CONNECT_MILLIS = 3_000;
  private static final int ANSWER_MILLIS = 10_000;
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  /** What a node answered. */
  record Answer(MultiMap headers, Buffer body) {}

  private final HttpClient http;
  private final List<ServerUrl> servers;

  NodeApi(Vertx vertx, List<ServerUrl> servers) {
    this.http = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
    this.servers = servers;
  }

  /** Gets a path; fails with what each server said if none could answer. */
  Future<Answer> get(String path) {
    return get(path, 0, new ArrayList<>());
  }

  private Future<Answer> get(String path, int index, List<String> failures) {
    if (index == servers.size()) {
      return Future.failedFuture(new CommandFailedException(Unreachable.message(failures)));
    }
    ServerUrl server = servers.get(index);
    return ask(server, path)
        .recover(
            failure -> {
              if (failure instanceof CommandFailedException) {
                return Future.failedFuture(failure);
              }
              failures.add(server + ": " + failure.getMessage());
              return get(path, index + 1, failures);
            });
  }

  private Future<Answer> ask(ServerUrl server, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(server.host())
            .setPort(server.port())
            .setSsl(server.tls())
            .setURI(path)
            .setIdleTimeout(ANSWER_MILLIS);
    return http.request(options)
        .compose(request -> request.send())
        .compose(response -> response.body().compose(body -> judge(response, body)));
  }

  /** Another node may do better than one that is in trouble; a refusal would be the same there. */
  private static Future<Answer> judge(HttpClientResponse response, Buffer body) {
    if (response.statusCode() == OK) {
      return Future.succeededFuture(new Answer(response.headers(), body));
    }
    String why = "answered " + response.statusCode() + detail(body);
    return response.statusCode() >= SERVER_ERROR
        ? Future.failedFuture(why)
        : Future.failedFuture(new CommandFailedException("the node " + why));
  }

  /** The sentence of an {@code application/problem+json} body, if it is one. */
  private static String detail(Buffer body) {
    try {
      String detail = new JsonObject(body).getString("detail", "");
      return detail.isEmpty() ? "" : ": " + detail;
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }
}
