package io.imagebus.browser;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a node as a proxy of the kind that does not know everything: requests whose head
 * contains certain words are refused. Each connection carries one request. To be closed.
 */
public final class DoorProxy implements AutoCloseable {

  private static final Buffer REFUSAL =
      Buffer.buffer(
          "HTTP/1.1 502 Bad Gateway\r\nAccess-Control-Allow-Origin: *\r\n"
              + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");

  private final Vertx vertx = Vertx.vertx();
  private final URI node;
  private final NetServer server;
  private final List<NetSocket> open = new CopyOnWriteArrayList<>();
  private volatile List<String> refused = List.of();

  /** A proxy for the node at this address. */
  public DoorProxy(String nodeUrl) throws Exception {
    node = URI.create(nodeUrl);
    server =
        vertx
            .createNetServer()
            .connectHandler(this::accept)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** From now on refuses what contains one of these in lower case, and cuts all connections. */
  public void refuse(String... words) {
    refused = List.of(words);
    open.forEach(NetSocket::close);
  }

  private void accept(NetSocket client) {
    open.add(client);
    client.closeHandler(gone -> open.remove(client));
    Buffer head = Buffer.buffer();
    client.handler(
        bytes -> {
          head.appendBuffer(bytes);
          String text = head.toString(StandardCharsets.ISO_8859_1);
          if (text.contains("\r\n\r\n")) {
            client.pause();
            pass(client, text);
          }
        });
  }

  private void pass(NetSocket client, String request) {
    String lower = request.toLowerCase(Locale.ROOT);
    if (refused.stream().anyMatch(lower::contains)) {
      client.end(REFUSAL);
      return;
    }
    String once = request.replaceFirst("(?i)\r\nConnection: keep-alive", "\r\nConnection: close");
    vertx
        .createNetClient()
        .connect(node.getPort(), node.getHost())
        .onFailure(e -> client.close())
        .onSuccess(
            upstream -> {
              upstream.write(Buffer.buffer(once, "ISO-8859-1"));
              upstream.pipeTo(client);
              client.pipeTo(upstream);
            });
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
