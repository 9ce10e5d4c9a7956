package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A moment's look into a tab, by the DevTools protocol. Nothing but what is asked for is switched
 * on, so that nothing stays in the tab: with Playwright it would tell of every message of its
 * sockets. Owned by one thread; to be closed.
 */
final class DevTools implements AutoCloseable {

  private static final int ANSWER_SECONDS = 20;

  private final Messages messages = new Messages();
  private final WebSocket socket;
  private final List<String> workers = new ArrayList<>();
  private int lastId;

  DevTools(HttpClient http, URI tab) {
    socket = http.newWebSocketBuilder().buildAsync(tab, messages).join();
  }

  /** What an expression comes to in the page. */
  Object evaluate(String expression) throws InterruptedException {
    JsonObject wanted = new JsonObject().put("expression", expression).put("returnByValue", true);
    JsonObject answer = ask("Runtime.evaluate", wanted, null);
    assertThat(answer.getJsonObject("exceptionDetails")).isNull();
    return answer.getJsonObject("result").getValue("value");
  }

  /** Bytes that the scripts of the page and its workers hold once all garbage is collected. */
  long heapBytes() throws InterruptedException {
    JsonObject all =
        new JsonObject()
            .put("autoAttach", true)
            .put("waitForDebuggerOnStart", false)
            .put("flatten", true);
    ask("Target.setAutoAttach", all, null);
    long bytes = heapBytes(null);
    for (String worker : workers) {
      bytes += heapBytes(worker);
    }
    return bytes;
  }

  private long heapBytes(String session) throws InterruptedException {
    ask("HeapProfiler.collectGarbage", new JsonObject(), session);
    return ask("Runtime.getHeapUsage", new JsonObject(), session).getLong("usedSize");
  }

  /** The workers that it is told of meanwhile are kept. */
  private JsonObject ask(String method, JsonObject parameters, String session)
      throws InterruptedException {
    JsonObject command =
        new JsonObject().put("id", ++lastId).put("method", method).put("params", parameters);
    if (session != null) {
      command.put("sessionId", session);
    }
    socket.sendText(command.encode(), true).join();
    while (true) {
      JsonObject message = messages.take();
      if (message.getInteger("id", 0) == lastId) {
        assertThat(message.getJsonObject("error")).isNull();
        return message.getJsonObject("result");
      }
      if ("Target.attachedToTarget".equals(message.getString("method"))) {
        workers.add(message.getJsonObject("params").getString("sessionId"));
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Messages implements WebSocket.Listener {
    private final LinkedBlockingQueue<JsonObject> arrived = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        arrived.add(new JsonObject(text.toString()));
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, part, last);
    }

    JsonObject take() throws InterruptedException {
      JsonObject message = arrived.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
      assertThat(message).as("an answer of the browser").isNotNull();
      return message;
    }
  }
}
