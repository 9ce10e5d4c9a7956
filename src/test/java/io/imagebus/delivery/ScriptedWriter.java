package io.imagebus.delivery;

import io.imagebus.door.CloseCode;
import io.imagebus.door.EncodedMessage;
import io.imagebus.door.SocketWriter;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A socket that takes as many messages as it is told to. */
final class ScriptedWriter implements SocketWriter {

  final NumberCheck check = new NumberCheck();
  final List<Chunk> chunks = new ArrayList<>();
  final List<JsonObject> texts = new ArrayList<>();
  final Set<EncodedMessage> messages = new HashSet<>();
  private final List<Runnable> handlers = new ArrayList<>();
  private long room = Long.MAX_VALUE;
  boolean aborted;

  /** Takes so many messages more, and then none. */
  void take(long messageCount) {
    room = messageCount;
    if (isWritable()) {
      List.copyOf(handlers).forEach(Runnable::run);
    }
  }

  @Override
  public void write(EncodedMessage message) {
    room--;
    messages.add(message);
    Chunk chunk = ((ChunkReader.Good) ChunkReader.read(message.payload().getBytes())).chunk();
    check.chunk(chunk);
    chunks.add(chunk);
  }

  @Override
  public void writeText(String text) {
    room--;
    JsonObject message = new JsonObject(text);
    check.text(message);
    texts.add(message);
  }

  List<JsonObject> texts(String type) {
    return texts.stream().filter(text -> type.equals(text.getString("type"))).toList();
  }

  @Override
  public void flush() {}

  @Override
  public boolean isWritable() {
    return room > 0;
  }

  @Override
  public void onWritable(Runnable handler) {
    handlers.add(handler);
  }

  @Override
  public long stalledNanos(long nowNanos) {
    return 0;
  }

  @Override
  public void close(CloseCode code, String reason) {}

  @Override
  public void abort() {
    aborted = true;
  }
}
