package io.imagebus.sequence;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one receiver counted of one topic on one hop.
 *
 * @param node id of the node that keeps the line
 * @param peer the other side: a node's id, or a name of the publisher's or display's session
 * @param sent numbers that the node itself sent on this hop, 0 where it only receives
 * @param skippedByReason numbers announced as left out, by reason
 * @param state whether the stream is being heard
 */
public record AccountLine(
    Topic topic,
    Variant variant,
    Hop hop,
    String node,
    String peer,
    SequenceCounts counts,
    long sent,
    Map<SkipReason, Long> skippedByReason,
    StreamState state) {

  /** Copies the map. */
  public AccountLine {
    skippedByReason = Map.copyOf(skippedByReason);
  }

  /** Two keepers' lines of the same topic, hop and peer as one. */
  public AccountLine plus(AccountLine other) {
    Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    skipped.putAll(skippedByReason);
    other.skippedByReason.forEach((reason, n) -> skipped.merge(reason, n, Long::sum));
    return new AccountLine(
        topic,
        variant,
        hop,
        node,
        peer,
        counts.plus(other.counts),
        sent + other.sent,
        skipped,
        state == StreamState.LIVE ? state : other.state);
  }
}
