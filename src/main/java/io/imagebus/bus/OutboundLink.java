package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.flow.CreditWindow;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way from this node's exchange to another node, or to a stage of the same node. A frame is
 * admitted to the credit window whole or not at all; without credit it waits, streams take turns,
 * and beyond the queue's bound the oldest waiting frame is left out and announced. A stalled
 * receiver therefore costs bounded memory and nobody else any delay. Owned by one event loop.
 */
final class OutboundLink {

  private final LinkLimits limits;
  private final LinkTransport transport;
  private final CreditWindow window;
  private final Map<StreamId, StreamLane> lanes = new HashMap<>();
  private final ArrayDeque<StreamLane> round = new ArrayDeque<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final Map<SkipReason, Long> skippedFrames = new EnumMap<>(SkipReason.class);
  private final Map<TopicKey, SentNumbers> sentNumbers = new HashMap<>();
  private long waitingBytes;
  private long sentFrames;
  private boolean down;

  private record Waiting(StreamLane lane, StreamLane.Item item) {}

  OutboundLink(LinkLimits limits, LinkTransport transport) {
    this.limits = limits;
    this.transport = transport;
    this.window =
        new CreditWindow(
            limits.windowBytes(), LinkLimits.MIN_WINDOW_BYTES, LinkLimits.TARGET_DELAY_NANOS);
  }

  /** Sends the event now or as soon as there is credit. */
  void offer(StreamEvent event, long nowNanos) {
    if (down) {
      return;
    }
    StreamLane lane = lanes.computeIfAbsent(event.stream(), StreamLane::new);
    long bytes = event instanceof Arrived ? transport.sizeOf(event) : 0;
    StreamLane.Item item = lane.add(event, bytes, nowNanos);
    if (item.isFrame()) {
      waiting.addLast(new Waiting(lane, item));
      waitingBytes += bytes;
    }
    if (!lane.queued) {
      lane.queued = true;
      round.addLast(lane);
    }
    if (event instanceof Ended end && end.why() == EndReason.REPLACED) {
      finish(lane, nowNanos);
    }
    flush(nowNanos);
    while (waitingBytes > limits.queueBytes() && dropOldest(limits.fullReason())) {
      flush(nowNanos);
    }
  }

  /**
   * The topic has a newer publisher: what waits of the older one is left out, so that its end is
   * told before the newer stream's beginning.
   */
  private void finish(StreamLane lane, long nowNanos) {
    for (StreamLane.Item frame : lane.frames()) {
      drop(lane, frame, limits.fullReason());
    }
    StreamLane.@Nullable Item item;
    while ((item = lane.peek()) != null) {
      sendNext(lane, item, nowNanos);
    }
  }

  /** Sends what the window admits, one item of each stream in turn. */
  private void flush(long nowNanos) {
    while (!round.isEmpty()) {
      StreamLane lane = round.peekFirst();
      StreamLane.Item item = lane.peek();
      if (item == null) {
        lane.queued = false;
        round.pollFirst();
        continue;
      }
      if (item.isFrame() && nowNanos - item.queuedNanos() > limits.maxAgeNanos()) {
        drop(lane, item, SkipReason.EXPIRED);
        continue;
      }
      if (!window.admits(item.isFrame() ? item.bytes() : LinkLimits.EVENT_BYTES)) {
        return;
      }
      round.pollFirst();
      sendNext(lane, item, nowNanos);
      round.addLast(lane);
    }
  }

  private void sendNext(StreamLane lane, StreamLane.Item item, long nowNanos) {
    boolean frame = item.isFrame();
    StreamEvent event = lane.poll();
    count(lane, event);
    if (frame) {
      waitingBytes -= item.bytes();
      sentFrames++;
      forgetSent();
    }
    transport.send(event, window.sent(transport.sizeOf(event), nowNanos));
    if (event instanceof Beat && transport.mayLose()) {
      lane.reminder()
          .ifPresent(
              opened -> transport.send(opened, window.sent(transport.sizeOf(opened), nowNanos)));
    }
  }

  private void count(StreamLane lane, StreamEvent event) {
    if (event instanceof Opened opened) {
      lane.sent =
          sentNumbers.computeIfAbsent(TopicKey.of(opened.info()), topic -> new SentNumbers());
    }
    long numbers = lane.takePassed();
    if (lane.sent != null) {
      lane.sent.add(
          numbers, event instanceof Arrived arrived ? arrived.frame().chunks().size() : 0);
    }
  }

  /** The head of the queue of frames never points at one that has left its lane. */
  private void forgetSent() {
    while (!waiting.isEmpty() && waiting.peekFirst().item().isGone()) {
      waiting.pollFirst();
    }
  }

  private boolean dropOldest(SkipReason reason) {
    Waiting oldest = waiting.peekFirst();
    if (oldest == null) {
      return false;
    }
    drop(oldest.lane(), oldest.item(), reason);
    return true;
  }

  private void drop(StreamLane lane, StreamLane.Item item, SkipReason reason) {
    lane.drop(item, reason);
    waitingBytes -= item.bytes();
    skippedFrames.merge(reason, 1L, Long::sum);
    forgetSent();
  }

  /** Takes the receiver's cumulative acknowledgement. */
  void acknowledged(long endOffset, long nowNanos) {
    if (window.acknowledged(endOffset, nowNanos)) {
      flush(nowNanos);
    }
  }

  /** Drops what waited too long; to be called several times a second. */
  void tick(long nowNanos) {
    Waiting oldest;
    while ((oldest = waiting.peekFirst()) != null
        && nowNanos - oldest.item().queuedNanos() > limits.maxAgeNanos()) {
      drop(oldest.lane(), oldest.item(), SkipReason.EXPIRED);
    }
    flush(nowNanos);
  }

  /** The receiver has left: what waits is forgotten, and counts as skipped when it returns. */
  void down() {
    down = true;
    waiting.clear();
    round.clear();
    waitingBytes = 0;
    for (StreamLane lane : lanes.values()) {
      lane.clear();
      lane.queued = false;
    }
  }

  /** The receiver is back; streams must be opened again. */
  void up() {
    down = false;
  }

  /** The receiver does not follow the stream any more. */
  void forget(StreamId stream) {
    StreamLane lane = lanes.remove(stream);
    if (lane != null) {
      StreamLane.@Nullable Item item;
      while ((item = lane.peek()) != null) {
        if (item.isFrame()) {
          waitingBytes -= item.bytes();
        }
        lane.poll();
      }
      waiting.removeIf(frame -> frame.lane() == lane);
    }
  }

  /** Whether all that was offered has been sent and acknowledged, or nobody is there to get it. */
  boolean isIdle() {
    return down || (round.isEmpty() && window.inFlightBytes() == 0);
  }

  boolean isDown() {
    return down;
  }

  CreditWindow window() {
    return window;
  }

  long waitingBytes() {
    return waitingBytes;
  }

  /** Streams that it keeps count of. */
  int lanes() {
    return lanes.size();
  }

  long sentFrames() {
    return sentFrames;
  }

  /** What the link put through of each topic, in numbers. */
  Map<TopicKey, SentNumbers> sentNumbers() {
    return Collections.unmodifiableMap(sentNumbers);
  }

  /** Frames left out by this link, by reason; monotone. */
  Map<SkipReason, Long> skippedFrames() {
    return Map.copyOf(skippedFrames);
  }
}
