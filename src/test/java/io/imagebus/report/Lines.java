package io.imagebus.report;

import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.GapRecord;
import io.imagebus.sequence.GapRecord.Outcome;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.Repairs;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.StreamState;
import io.imagebus.sequence.Timing;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Map;

/** Lines of an account for tests. */
final class Lines {

  private Lines() {}

  static Account account(String keeper, AccountLine... lines) {
    return new Account(keeper, List.of(lines), new JsonArray());
  }

  /** A line of a link with so many received and lost, two skipped and one gap. */
  static AccountLine link(String topic, long received, long lost) {
    return line(topic, Hop.NODE_TO_NODE, "b", received, lost);
  }

  static AccountLine line(String topic, Hop hop, String peer, long received, long lost) {
    return new AccountLine(
        new Topic(topic),
        Variant.SOURCE,
        hop,
        "a",
        peer,
        counts(received, lost),
        7,
        Map.of(SkipReason.LINK_CREDIT, 2L),
        new FrameCounts(received / 2, lost, 1),
        new Repairs(3, 1),
        new Timing(10, 1_500, 20_000, 30_000, 40_000, false),
        List.of(
            new GapRecord(new StreamId(1), 5, 6, 0, 1_000, 501_000, Outcome.LOST, "never came")),
        StreamState.LIVE,
        0);
  }

  private static SequenceCounts counts(long received, long lost) {
    return new SequenceCounts(
        received + lost + 2, received, lost, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
  }
}
