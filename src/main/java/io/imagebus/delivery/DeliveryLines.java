package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.GapRecord;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.Repairs;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.StreamState;
import io.imagebus.sequence.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The last hop as lines of the node's account: one a topic, of what the displays that report have
 * received, beside what the node has sent to all; and one for each display and topic. Displays that
 * do not report count on the sending side only. Stateless.
 */
final class DeliveryLines {

  /** The most lines of single displays; those beyond it are in the sums alone. */
  static final int MAX_SINGLE = 2_000;

  private static final String ALL = "displays";

  private static final class Sum {
    SequenceCounts reported = SequenceCounts.ZERO;
    FrameCounts frames = FrameCounts.ZERO;
    Timing timing = Timing.NONE;
    long sent;
    final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    StreamState state = StreamState.CLOSED;

    void add(DisplayAccount display) {
      add(display.reported(), display.frames(), display.sent(), display.skipped());
      timing = timing.worse(display.timing());
      state = StreamState.LIVE;
    }

    void add(TopicTotals gone) {
      add(gone.reported(), gone.frames(), gone.sent(), gone.skipped());
    }

    private void add(
        SequenceCounts counts,
        FrameCounts ofFrames,
        long numbersSent,
        Map<SkipReason, Long> numbersSkipped) {
      reported = reported.plus(counts);
      frames = frames.plus(ofFrames);
      sent += numbersSent;
      numbersSkipped.forEach((reason, n) -> skipped.merge(reason, n, Long::sum));
    }

    AccountLine line(TopicKey shown, String node, String peer, List<GapRecord> gaps) {
      return new AccountLine(
          shown.topic(),
          shown.variant(),
          Hop.DELIVERY_TO_DISPLAY,
          node,
          peer,
          reported,
          sent,
          skipped,
          frames,
          Repairs.ZERO,
          timing,
          gaps,
          state,
          0);
    }
  }

  private DeliveryLines() {}

  /**
   * A line a topic and variant, of all displays, also those that have left, with what they missed.
   */
  static List<AccountLine> of(
      String node, List<DisplayAccount> present, List<TopicTotals> departed, Absences absences) {
    Map<TopicKey, Sum> sums =
        new TreeMap<>(
            Comparator.<TopicKey, String>comparing(key -> key.topic().name())
                .thenComparing(key -> !key.variant().isSource())
                .thenComparing(key -> key.variant().label()));
    for (DisplayAccount display : present) {
      sums.computeIfAbsent(display.shown(), any -> new Sum()).add(display);
    }
    for (TopicTotals gone : departed) {
      sums.computeIfAbsent(new TopicKey(new Topic(gone.topic()), gone.variant()), any -> new Sum())
          .add(gone);
    }
    List<AccountLine> lines = new ArrayList<>(sums.size());
    Set<Topic> begun = new HashSet<>();
    sums.forEach(
        (shown, sum) -> {
          boolean isFirst = begun.add(shown.topic());
          List<GapRecord> gaps = isFirst ? absences.of(shown.topic().name()) : List.of();
          lines.add(sum.line(shown, node, ALL, gaps));
        });
    return lines;
  }

  /** A line for each topic of each display that may report. */
  static List<AccountLine> single(String node, List<DisplayAccount> present) {
    return present.stream()
        .filter(display -> display.outlet().equals(DisplayAccount.CHUNKS))
        .limit(MAX_SINGLE)
        .map(
            display -> {
              Sum one = new Sum();
              one.add(display);
              return one.line(display.shown(), node, display.display(), List.of());
            })
        .toList();
  }
}
