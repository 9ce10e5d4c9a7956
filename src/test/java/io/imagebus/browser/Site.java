package io.imagebus.browser;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;

/** A web site of somebody else, with one page. To be closed. */
public final class Site implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  public Site(String html) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> request.response().putHeader("Content-Type", "text/html").end(html))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/";
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
