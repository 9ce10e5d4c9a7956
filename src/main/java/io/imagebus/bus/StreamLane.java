package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * The order in a lane is the order of the sequence numbers, always: a frame that must go is
 * replaced, in its place, by the announcement that it will not come. So the cumulative skip count
 * of whatever leaves the lane is right for the numbers below it: the link's own skips grow when
 * the announcement leaves, not when the frame was dropped.
 */
/**
 * What one link still has to send of one stream, and what it left out of it so far. Owned by its
 * link.
 */
final class StreamLane {

  /** From here on, neighbouring skips are merged whatever their reasons. */
  private static final int MIN_MERGED_ITEMS = 64;

  private final StreamId stream;
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private long ownSkipped;
  private int mergeAt = MIN_MERGED_ITEMS;

  /** The number after the last that left the lane, and the upstream's skip count there. */
  private long sentNext;

  private long sentSkippedTotal;

  /** Numbers that left the lane and were not asked for yet. */
  private long passed;

  private boolean begun;
  private @Nullable Opened unconfirmed;
  private boolean interrupted;

  /** Whether the lane waits in its link's round; kept by the link. */
  boolean queued;

  /** Where the link counts what it sends of this topic; kept by the link. */
  @Nullable SentNumbers sent;

  /** Something to send. */
  static final class Item {
    private StreamEvent event;
    private long ownNumbers;
    private boolean left;
    private final long bytes;
    private final long queuedNanos;

    Item(StreamEvent event, long bytes, long queuedNanos) {
      this.event = event;
      this.bytes = bytes;
      this.queuedNanos = queuedNanos;
    }

    boolean isFrame() {
      return event instanceof Arrived;
    }

    /** Whether it has left its lane, or is no frame any more. */
    boolean isGone() {
      return left || !isFrame();
    }

    /** Bytes of a frame on the wire. */
    long bytes() {
      return bytes;
    }

    long queuedNanos() {
      return queuedNanos;
    }
  }

  StreamLane(StreamId stream) {
    this.stream = stream;
  }

  /** Appends an event. */
  Item add(StreamEvent event, long bytes, long nowNanos) {
    Item last = items.peekLast();
    if (event instanceof Beat && last != null && last.event instanceof Beat) {
      last.event = event;
      return last;
    }
    Item item = new Item(event, bytes, nowNanos);
    items.addLast(item);
    if (items.size() > mergeAt) {
      mergeNeighbours();
      mergeAt = Math.max(MIN_MERGED_ITEMS, 2 * items.size());
    }
    return item;
  }

  /** What passed while the other side was away counts as skipped by this link. */
  private void resume(Opened opened) {
    long numbers = opened.firstSequence() - sentNext;
    if (begun && interrupted && numbers > 0) {
      ownSkipped += Math.max(0, numbers - (opened.skippedTotal() - sentSkippedTotal));
    }
    interrupted = false;
  }

  /**
   * Puts the announcement in the place of a frame that still waits. A frame that was only repeated,
   * because the other side came back, was told of before and is told of no more.
   */
  void drop(Item item, SkipReason reason) {
    Arrived gone = (Arrived) item.event;
    if (begun && gone.frame().nextSequence() - sentNext <= 0) {
      item.left = true;
      items.remove(item);
      return;
    }
    long from = gone.frame().firstSequence();
    long to = gone.frame().nextSequence() - 1;
    item.event = new Skipped(stream, from, to, 1, gone.skippedTotal(), reason);
    item.ownNumbers = to - from + 1;
  }

  /** The frames that wait, oldest first. */
  List<Item> frames() {
    return items.stream().filter(Item::isFrame).toList();
  }

  /** The next item, if one waits. */
  @Nullable Item peek() {
    return items.peekFirst();
  }

  /** Takes the next item off, its skip count made right for this link. */
  StreamEvent poll() {
    Item first = items.removeFirst();
    first.left = true;
    while (!items.isEmpty() && isMergeable(first, items.peekFirst(), false)) {
      first = merge(first, items.removeFirst());
    }
    boolean again = begun;
    if (first.event instanceof Opened opened) {
      resume(opened);
    }
    ownSkipped += first.ownNumbers;
    note(first.event);
    long total = first.event.skippedTotal() + ownSkipped;
    if (first.event instanceof Opened opened) {
      unconfirmed = new Opened(opened.info(), opened.firstSequence(), total, true, opened.over());
      return new Opened(opened.info(), opened.firstSequence(), total, again, opened.over());
    }
    return withSkippedTotal(first.event, total);
  }

  /**
   * The opening once more, for a receiver that did not get it; given once, to go with the first
   * sign of life.
   */
  Optional<Opened> reminder() {
    Optional<Opened> opened = Optional.ofNullable(unconfirmed);
    unconfirmed = null;
    return opened;
  }

  private void note(StreamEvent event) {
    long next = nextAfter(event);
    if (!begun || next - sentNext >= 0) {
      passed += begun ? next - sentNext : 0;
      sentNext = next;
      sentSkippedTotal = event.skippedTotal();
    }
    begun = true;
  }

  /** By how many numbers the lane went on since this was asked last. */
  long takePassed() {
    long numbers = passed;
    passed = 0;
    return numbers;
  }

  private static long nextAfter(StreamEvent event) {
    if (event instanceof Arrived arrived) {
      return arrived.frame().nextSequence();
    } else if (event instanceof Skipped skipped) {
      return skipped.to() + 1;
    } else if (event instanceof Opened opened) {
      return opened.firstSequence();
    } else if (event instanceof Beat beat) {
      return beat.nextSequence();
    } else if (event instanceof Ended ended) {
      return ended.nextSequence();
    }
    throw new IllegalStateException("an event without a number: " + event);
  }

  static StreamEvent withSkippedTotal(StreamEvent event, long total) {
    if (event instanceof Arrived e) {
      return new Arrived(e.frame(), total);
    } else if (event instanceof Skipped e) {
      return new Skipped(e.stream(), e.from(), e.to(), e.frames(), total, e.reason());
    } else if (event instanceof Beat e) {
      return new Beat(e.stream(), e.nextSequence(), total, e.lastFrame(), e.captureMicros());
    } else if (event instanceof Ended e) {
      return new Ended(e.stream(), e.nextSequence(), total, e.why());
    }
    throw new IllegalStateException("an event without a skip count: " + event);
  }

  private static boolean isMergeable(Item a, Item b, boolean anyReason) {
    return a.event instanceof Skipped first
        && b.event instanceof Skipped second
        && first.to() + 1 == second.from()
        && (anyReason || first.reason() == second.reason());
  }

  private static Item merge(Item a, Item b) {
    Skipped first = (Skipped) a.event;
    Skipped second = (Skipped) b.event;
    Skipped both =
        new Skipped(
            first.stream(),
            first.from(),
            second.to(),
            first.frames() + second.frames(),
            second.skippedTotal(),
            second.reason());
    Item merged = new Item(both, 0, a.queuedNanos);
    merged.ownNumbers = a.ownNumbers + b.ownNumbers;
    return merged;
  }

  private void mergeNeighbours() {
    ArrayDeque<Item> shorter = new ArrayDeque<>();
    for (Item item : items) {
      if (item.event instanceof Beat && item != items.peekLast()) {
        continue;
      }
      Item last = shorter.peekLast();
      if (last != null && isMergeable(last, item, true)) {
        shorter.pollLast();
        shorter.addLast(merge(last, item));
      } else {
        shorter.addLast(item);
      }
    }
    items.clear();
    items.addAll(shorter);
  }

  /** Forgets what waits; the numbers are made up for when the stream is opened again. */
  void clear() {
    items.forEach(item -> item.left = true);
    items.clear();
    interrupted = true;
  }
}
