package io.imagebus.delivery;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.Repairs;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.StreamState;
import io.imagebus.sequence.Timing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The last hop as lines of the node's account, one a topic: what the displays that report have
 * received, beside what the node has sent to all. Displays that do not report count on the sending
 * side only. Stateless.
 */
final class DeliveryLines {

  private static final class Sum {
    SequenceCounts reported = SequenceCounts.ZERO;
    long sent;
    final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    StreamState state = StreamState.CLOSED;

    void add(SequenceCounts counts, long numbersSent, Map<SkipReason, Long> numbersSkipped) {
      reported = reported.plus(counts);
      sent += numbersSent;
      numbersSkipped.forEach((reason, n) -> skipped.merge(reason, n, Long::sum));
    }
  }

  private DeliveryLines() {}

  static List<AccountLine> of(
      String node, List<DisplayAccount> present, List<TopicTotals> departed) {
    Map<String, Sum> sums = new TreeMap<>();
    for (DisplayAccount display : present) {
      Sum sum = sums.computeIfAbsent(display.topic().name(), any -> new Sum());
      sum.add(display.reported(), display.sent(), display.skipped());
      sum.state = StreamState.LIVE;
    }
    for (TopicTotals gone : departed) {
      sums.computeIfAbsent(gone.topic(), any -> new Sum())
          .add(gone.reported(), gone.sent(), gone.skipped());
    }
    List<AccountLine> lines = new ArrayList<>(sums.size());
    sums.forEach(
        (topic, sum) ->
            lines.add(
                new AccountLine(
                    new Topic(topic),
                    Variant.SOURCE,
                    Hop.DELIVERY_TO_DISPLAY,
                    node,
                    "displays",
                    sum.reported,
                    sum.sent,
                    sum.skipped,
                    FrameCounts.ZERO,
                    Repairs.ZERO,
                    Timing.NONE,
                    List.of(),
                    sum.state,
                    0)));
    return lines;
  }
}
