package io.imagebus.ingest;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;

/** A client of the publishers' doors. */
final class TestPublisher implements WebSocket.Listener {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** How the server closed. */
  record Close(int code, String reason) {}

  private final BlockingQueue<JsonObject> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Close> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  private TestPublisher() {}

  static TestPublisher connect(int port, String path) throws Exception {
    TestPublisher publisher = new TestPublisher();
    publisher.socket =
        CLIENT
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), publisher)
            .get(10, TimeUnit.SECONDS);
    return publisher;
  }

  static HttpResponse<String> post(int port, String path, String contentType, byte[] body)
      throws IOException, InterruptedException {
    return post(HttpClient.Version.HTTP_1_1, port, path, contentType, body);
  }

  static HttpResponse<String> post(
      HttpClient.Version version, int port, String path, String contentType, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .version(version)
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  void send(byte[] message) throws Exception {
    socket.sendBinary(ByteBuffer.wrap(message), true).get(10, TimeUnit.SECONDS);
  }

  /**
   * Sends a message in two pieces of which the second, one byte, is too much. A server that closes
   * while a message is still on its way resets the connection, and its reason may never be read.
   */
  void sendWithOneByteTooMuch(int limit) throws Exception {
    socket.sendBinary(ByteBuffer.allocate(limit), false).get(10, TimeUnit.SECONDS);
    socket.sendBinary(ByteBuffer.allocate(1), true).get(10, TimeUnit.SECONDS);
  }

  /** The same as text. */
  void sendTextWithOneByteTooMuch(int limit) throws Exception {
    socket.sendText(" ".repeat(limit), false).get(10, TimeUnit.SECONDS);
    socket.sendText(" ", true).get(10, TimeUnit.SECONDS);
  }

  void send(String message) throws Exception {
    socket.sendText(message, true).get(10, TimeUnit.SECONDS);
  }

  void send(JsonObject message) throws Exception {
    send(message.encode());
  }

  /** The next control message of this type; others are passed over. */
  JsonObject next(String type) throws InterruptedException {
    JsonObject message;
    do {
      message = texts.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message " + type);
      }
    } while (!message.getString("type").equals(type));
    return message;
  }

  Close closed() throws Exception {
    return closed.get(10, TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  void close() throws Exception {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
  }

  void abort() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      texts.add(new JsonObject(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
    closed.complete(new Close(statusCode, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  /**
   * Sends what the server may cut short by closing: its close can arrive while most of a long
   * message is still to be written, and the rest then fails.
   */
  void trySend(byte[] message) {
    tryToSend(() -> send(message));
  }

  /** The same for text. */
  void trySend(JsonObject message) {
    tryToSend(() -> send(message));
  }

  private void tryToSend(ThrowingRunnable sending) {
    try {
      sending.run();
    } catch (Throwable e) {
      await("a close, as sending failed with " + e).until(() -> !isOpen());
    }
  }
}
