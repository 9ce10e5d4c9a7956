package io.imagebus.sequence;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one receiver counted of one topic on one hop.
 *
 * @param node id of the node that keeps the line
 * @param peer the other side: a node's id, or a name of the publisher's or display's session
 * @param sent numbers that the node itself sent on this hop, 0 where it only receives
 * @param skippedByReason numbers announced as left out, by reason
 * @param frames what became of whole frames
 * @param repairs what came of asking for missing numbers again
 * @param timing how evenly and how late frames came lately
 * @param gaps the last gaps, newest first; at most {@link #MAX_GAPS}
 * @param state whether the stream is being heard
 * @param unverifiedSinceMicros since when it cannot be known whether something is missing, because
 *     the stream is silent or ended without a known tail; microseconds since 1970 UTC, 0 while all
 *     is known
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
    FrameCounts frames,
    Repairs repairs,
    Timing timing,
    List<GapRecord> gaps,
    StreamState state,
    long unverifiedSinceMicros) {

  /** The most gaps in a line. */
  public static final int MAX_GAPS = 32;

  /** Copies the map and the list. */
  public AccountLine {
    skippedByReason = Map.copyOf(skippedByReason);
    gaps = List.copyOf(gaps);
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
        frames.plus(other.frames),
        repairs.plus(other.repairs),
        timing.worse(other.timing),
        newestOf(gaps, other.gaps),
        state == StreamState.LIVE ? state : other.state,
        earliest(unverifiedSinceMicros, other.unverifiedSinceMicros));
  }

  private static List<GapRecord> newestOf(List<GapRecord> some, List<GapRecord> others) {
    if (some.isEmpty() || others.isEmpty()) {
      return some.isEmpty() ? others : some;
    }
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparingLong(GapRecord::openedAtMicros).reversed())
        .limit(MAX_GAPS)
        .toList();
  }

  private static long earliest(long one, long other) {
    return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
  }
}
