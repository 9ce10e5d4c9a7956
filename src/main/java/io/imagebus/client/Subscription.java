package io.imagebus.client;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The topics that match one filter, as they come from the server: put together, accounted for,
 * acknowledged and reported on. Lives through reconnects. Owned by the client's event loop.
 */
public final class Subscription extends Conversation {

  private static final long REPORT_MILLIS = 5_000;

  private final Setting setting;
  private final TopicFilter filter;
  private final VariantWish wish;
  private final boolean acknowledges;
  private final ClockOffset clockOffset;
  private final SubscriptionListener listener;
  private final Promise<Void> closed = Promise.promise();
  private final Map<Topic, InboundTopic> topics = new TreeMap<>();
  private final Map<StreamId, InboundTopic> byStream = new HashMap<>();
  private final Map<StreamId, Long> toAcknowledge = new LinkedHashMap<>();
  private final Cadence reports;
  private @Nullable BusConnection connection;
  private boolean confirmed;
  private long unattributable;

  Subscription(
      Setting setting,
      TopicFilter filter,
      VariantWish wish,
      boolean acknowledges,
      ClockOffset clockOffset,
      SubscriptionListener listener) {
    this.setting = setting;
    this.filter = filter;
    this.wish = wish;
    this.acknowledges = acknowledges;
    this.clockOffset = clockOffset;
    this.listener = listener;
    this.reports = new Cadence(REPORT_MILLIS, setting.clock().nanoTime());
  }

  /** What is known of each topic that a stream was announced for, by name. */
  public List<TopicStatus> topics() {
    return topics.values().stream().map(InboundTopic::status).toList();
  }

  /** Binary messages on this connection of which nothing could be believed, not even the topic. */
  public long unattributable() {
    return unattributable;
  }

  /** Ends the subscription, after a last report; what was counted can still be read. */
  public void close() {
    if (connection != null) {
      report(connection);
      connection.send(ControlMessages.unsubscribe(setting.id()));
    }
    long nowNanos = setting.clock().nanoTime();
    topics.values().forEach(topic -> topic.onClosed(nowNanos));
    onDisconnected(nowNanos);
    closed.tryComplete();
  }

  /** Succeeds when the subscription was closed; fails when it could not go on. */
  public Future<Void> closed() {
    return closed.future();
  }

  @Override
  void onConnected(BusConnection opened) {
    connection = opened;
    confirmed = false;
    topics.values().forEach(InboundTopic::onReconnected);
    opened.send(ControlMessages.subscribe(setting.id(), filter, wish));
  }

  @Override
  void onControl(ServerMessage message, long nowNanos) {
    switch (message.type()) {
      case "stream" -> onStream(message, nowNanos);
      case "skip", "ended" -> toTopic(message, nowNanos);
      case "heartbeat" -> message.parts("streams").forEach(beat -> toTopic(beat, nowNanos));
      case "subscribed" -> confirmed |= message.isFor(setting.id());
      case "error" -> {
        if (message.isFor(setting.id())) {
          onError(message.textOr("message", message.textOr("code", "refused")));
        }
      }
      default -> {}
    }
  }

  private void toTopic(ServerMessage message, long nowNanos) {
    StreamId about = message.streamAt();
    InboundTopic topic = byStream.get(about);
    if (topic != null) {
      topic.onControl(about, message, nowNanos);
    }
  }

  /** A refusal, if the subscription was not confirmed before. */
  private void onError(String why) {
    if (confirmed) {
      listener.onWarning(why);
    } else {
      fail(why);
    }
  }

  private void onStream(ServerMessage message, long nowNanos) {
    Topic name = new Topic(message.textAt("topic"));
    if (connection == null || !filter.matches(name) || !message.isForAny("ids", setting.id())) {
      return;
    }
    int maxFrameBytes = connection.limits().frameBytes();
    InboundTopic topic = topics.get(name);
    if (topic == null) {
      topic = new InboundTopic(name, message, maxFrameBytes, nowNanos);
      topics.put(name, topic);
    } else {
      topic.follow(message, maxFrameBytes, nowNanos).ifPresent(byStream::remove);
    }
    byStream.put(message.streamAt(), topic);
  }

  @Override
  void onChunk(ChunkReader.Read read, long nowNanos) {
    if (read instanceof ChunkReader.Good good) {
      onGood(good.chunk(), nowNanos);
    } else if (read instanceof ChunkReader.CorruptPayload corrupt) {
      InboundTopic topic = byStream.get(corrupt.header().stream());
      if (topic != null) {
        topic.onCorrupt(corrupt.header(), nowNanos);
        acknowledgeIfLast(corrupt.header());
      }
    } else {
      unattributable++;
    }
  }

  private void onGood(Chunk chunk, long nowNanos) {
    InboundTopic topic = byStream.get(chunk.header().stream());
    if (topic != null) {
      topic.onChunk(chunk, nowNanos, serverNowMicros()).ifPresent(listener::onFrame);
      acknowledgeIfLast(chunk.header());
    }
  }

  private long serverNowMicros() {
    return setting.clock().epochMicros() + clockOffset.micros();
  }

  /**
   * A frame is acknowledged when its last chunk has come, also when it is broken: nothing more of
   * it is under way, and a server that waited for it would stand still.
   */
  private void acknowledgeIfLast(ChunkHeader header) {
    if (!acknowledges || !header.isLast()) {
      return;
    }
    if (toAcknowledge.isEmpty()) {
      setting.vertx().runOnContext(any -> acknowledge());
    }
    toAcknowledge.merge(header.stream(), header.frameNumber(), Math::max);
  }

  private void acknowledge() {
    BusConnection open = connection;
    if (open != null) {
      toAcknowledge.forEach(
          (stream, frame) -> open.send(ControlMessages.acknowledge(stream, frame)));
    }
    toAcknowledge.clear();
  }

  private void report(BusConnection open) {
    List<JsonObject> reported =
        topics.values().stream()
            .flatMap(topic -> topic.reports(serverNowMicros()).stream())
            .toList();
    if (!reported.isEmpty()) {
      open.send(ControlMessages.report(reported));
    }
  }

  @Override
  void onTick(long nowNanos) {
    topics.values().forEach(topic -> topic.onTick(nowNanos));
    if (connection != null && reports.isDue(nowNanos)) {
      report(connection);
    }
  }

  @Override
  void onDisconnected(long nowNanos) {
    connection = null;
    byStream.clear();
    toAcknowledge.clear();
    topics.values().forEach(topic -> topic.onDisconnected(nowNanos));
  }

  @Override
  Future<Void> leave(long nowNanos) {
    if (connection != null) {
      report(connection);
    }
    return Future.succeededFuture();
  }

  @Override
  void fail(String why) {
    if (!closed.future().isComplete()) {
      onDisconnected(setting.clock().nanoTime());
      listener.onFailed(why);
      closed.fail(why);
    }
  }
}
