package io.imagebus.bus;

import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/**
 * What came of one stream while older numbers are missing, in the order of the numbers. Its owner
 * bounds it. Owned by one event loop.
 */
final class RepairHold {

  /** Beside the payload: the objects, and an event that has none. */
  private static final long OVERHEAD_BYTES = 256;

  private record Held(long number, long order, long bytes, LongConsumer handOn) {}

  /** By number, as signed differences so that the wrap does no harm; else as they came. */
  private final PriorityQueue<Held> held =
      new PriorityQueue<>(
          (a, b) ->
              a.number() == b.number()
                  ? Long.compare(a.order(), b.order())
                  : Long.signum(a.number() - b.number()));

  private long arrivals;
  private long bytes;

  /**
   * Puts something in.
   *
   * @param number it may go on once no number below this one is missing
   * @param handOn lets it go on, at a time in nanoseconds
   */
  void put(long number, long payloadBytes, LongConsumer handOn) {
    Held next = new Held(number, arrivals++, payloadBytes + OVERHEAD_BYTES, handOn);
    held.add(next);
    bytes += next.bytes();
  }

  /** Lets the first go on. */
  void handOnFirst(long nowNanos) {
    Held first = held.remove();
    bytes -= first.bytes();
    first.handOn().accept(nowNanos);
  }

  /** The number that the first waits for; only when not empty. */
  long firstNumber() {
    return held.element().number();
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Memory of all that is held. */
  long bytes() {
    return bytes;
  }
}
