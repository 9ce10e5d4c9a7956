package io.imagebus.delivery;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import java.util.Map;

/**
 * What was delivered on one topic in one form to displays that have left. Never decreases.
 *
 * @param topic the topic's name, or {@code (other)} for those beyond the bound
 * @param variant the form
 * @param displays how many have left
 * @param sent numbers handed to their sockets
 * @param skipped numbers left out on purpose
 * @param reported what those of them that report said they received
 * @param frames what those said of whole frames
 */
public record TopicTotals(
    String topic,
    Variant variant,
    long displays,
    long sent,
    Map<SkipReason, Long> skipped,
    SequenceCounts reported,
    FrameCounts frames) {

  /** Copies the map. */
  public TopicTotals {
    skipped = Map.copyOf(skipped);
  }

  /** Numbers that these displays were due: all of them were sent or skipped. */
  public long expected() {
    return sent + skipped.values().stream().mapToLong(Long::longValue).sum();
  }
}
