package io.imagebus.report;

import io.imagebus.frame.SkipReason;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.Repairs;
import io.imagebus.sequence.SequenceCounts;
import java.util.EnumMap;
import java.util.Map;

/** The counters of lines of the account, without what is only of the moment. */
record Totals(
    SequenceCounts counts,
    FrameCounts frames,
    Repairs repairs,
    long sent,
    Map<SkipReason, Long> skippedByReason) {

  static final Totals ZERO =
      new Totals(SequenceCounts.ZERO, FrameCounts.ZERO, Repairs.ZERO, 0, Map.of());

  Totals {
    skippedByReason = Map.copyOf(skippedByReason);
  }

  static Totals of(AccountLine line) {
    return new Totals(
        line.counts(), line.frames(), line.repairs(), line.sent(), line.skippedByReason());
  }

  Totals plus(Totals other) {
    Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    skipped.putAll(skippedByReason);
    other.skippedByReason.forEach((reason, n) -> skipped.merge(reason, n, Long::sum));
    return new Totals(
        counts.plus(other.counts),
        frames.plus(other.frames),
        repairs.plus(other.repairs),
        sent + other.sent,
        skipped);
  }

  /** Whether this may be a later state of the same counters: none of them is lower. */
  boolean mayFollow(Totals earlier) {
    return counts.mayFollow(earlier.counts)
        && frames.good() >= earlier.frames.good()
        && frames.failed() >= earlier.frames.failed()
        && frames.skipped() >= earlier.frames.skipped()
        && repairs.repaired() >= earlier.repairs.repaired()
        && repairs.unrepairable() >= earlier.repairs.unrepairable()
        && sent >= earlier.sent
        && earlier.skippedByReason.entrySet().stream()
            .allMatch(
                entry -> skippedByReason.getOrDefault(entry.getKey(), 0L) >= entry.getValue());
  }
}
