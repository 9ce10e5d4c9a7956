package io.imagebus.delivery;

import io.imagebus.frame.SkipReason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The sender's side of the hop to one display, in sequence numbers. Identity: expected = sent +
 * skipped + pending. Owned by one event loop.
 */
final class SeatCounts {

  private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
  private long expected;
  private long sent;
  private long skippedTotal;

  /** Numbers that the display is due. */
  void offered(long numbers) {
    expected += numbers;
  }

  /** Numbers handed to the socket. */
  void sent(long numbers) {
    sent += numbers;
  }

  /** Numbers left out, and announced where the protocol can. */
  void skipped(SkipReason reason, long numbers) {
    skipped.merge(reason, numbers, Long::sum);
    skippedTotal += numbers;
  }

  /** Adds another's settled numbers; what was pending there was never due. */
  void addSettled(SeatCounts other) {
    expected += other.sent + other.skippedTotal;
    sent += other.sent;
    skippedTotal += other.skippedTotal;
    other.skipped.forEach((reason, numbers) -> skipped.merge(reason, numbers, Long::sum));
  }

  long expected() {
    return expected;
  }

  long sent() {
    return sent;
  }

  long pending() {
    return expected - sent - skippedTotal;
  }

  /** Numbers left out, for each reason that occurred. */
  Map<SkipReason, Long> skipped() {
    return Collections.unmodifiableMap(skipped);
  }
}
