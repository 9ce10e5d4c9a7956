package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonArray;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams that a node numbers or follows: one for each topic and variant, by id and by topic.
 * The last frames together hold at most a stated number of bytes; beyond that the topic that has
 * been still for longest loses its own. Owned by the exchange.
 */
final class StreamTable {

  private final long maxLastFrameBytes;
  private final Map<StreamId, StreamRecord> byId = new HashMap<>();
  private final Map<TopicKey, StreamRecord> byTopic = new HashMap<>();
  private final LinkedHashSet<StreamRecord> withLastFrame = new LinkedHashSet<>();
  private long lastFrameBytes;

  StreamTable(long maxLastFrameBytes) {
    this.maxLastFrameBytes = maxLastFrameBytes;
  }

  @Nullable StreamRecord get(StreamId id) {
    return byId.get(id);
  }

  @Nullable StreamRecord get(TopicKey topic) {
    return byTopic.get(topic);
  }

  Collection<StreamRecord> all() {
    return List.copyOf(byId.values());
  }

  int size() {
    return byId.size();
  }

  void put(StreamRecord added) {
    byId.put(added.info().id(), added);
    byTopic.put(TopicKey.of(added.info()), added);
  }

  void remove(StreamRecord gone) {
    dropLastFrame(gone);
    byId.remove(gone.info().id());
    byTopic.remove(TopicKey.of(gone.info()), gone);
  }

  /** Passes an event on and keeps the bound of the last frames. */
  void pass(StreamRecord to, StreamEvent event, long nowNanos) {
    if (!(event instanceof StreamEvent.Arrived)) {
      to.pass(event, nowNanos);
      return;
    }
    lastFrameBytes -= lastBytes(to);
    to.pass(event, nowNanos);
    lastFrameBytes += lastBytes(to);
    withLastFrame.remove(to);
    withLastFrame.add(to);
    Iterator<StreamRecord> stillest = withLastFrame.iterator();
    while (lastFrameBytes > maxLastFrameBytes && withLastFrame.size() > 1) {
      StreamRecord victim = stillest.next();
      lastFrameBytes -= lastBytes(victim);
      victim.forgetLast();
      stillest.remove();
    }
  }

  /** Gives up a stream's last frame: who joins waits for the next. */
  void dropLastFrame(StreamRecord from) {
    if (withLastFrame.remove(from)) {
      lastFrameBytes -= lastBytes(from);
      from.forgetLast();
    }
  }

  private static long lastBytes(StreamRecord stream) {
    StreamEvent.Arrived last = stream.last();
    return last == null ? 0 : last.frame().wireBytes();
  }

  /** The sources that a node numbers, for people to read. */
  JsonArray toJson(String node, long staleAfterMillis, long nowNanos) {
    JsonArray topics = new JsonArray();
    for (StreamRecord stream : byId.values()) {
      if (stream.info().node().equals(node) && stream.info().variant().isSource()) {
        topics.add(stream.toJson(staleAfterMillis, nowNanos));
      }
    }
    return topics;
  }

  long lastFrameBytes() {
    return lastFrameBytes;
  }
}
