package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The counts of displays that have left, by topic and variant. Bound: {@link #MAX_TOPICS} rows;
 * what comes later shares one. Owned by one event loop.
 */
final class DepartedDisplays {

  static final int MAX_TOPICS = 10_000;
  static final TopicKey OTHER = new TopicKey(new Topic("other"), Variant.SOURCE);

  private final Map<TopicKey, Row> rows = new LinkedHashMap<>();

  private static final class Row {
    final SeatCounts counts = new SeatCounts();
    SequenceCounts reported = SequenceCounts.ZERO;
    FrameCounts frames = FrameCounts.ZERO;
    long displays;
    long newestNanos;
  }

  /**
   * Adds one display's counts.
   *
   * @param reported what the display itself said it received
   */
  void add(TopicKey shown, SeatCounts counts, ReportedCounts reported, long nowNanos) {
    TopicKey key = rows.size() < MAX_TOPICS || rows.containsKey(shown) ? shown : OTHER;
    Row row = rows.computeIfAbsent(key, any -> new Row());
    row.displays++;
    row.counts.addSettled(counts);
    row.reported = row.reported.plus(reported.total());
    row.frames = row.frames.plus(reported.frames());
    row.newestNanos = nowNanos;
  }

  /** Forgets topics that no display shows any more and that none has left for so long. */
  void expire(Set<TopicKey> shown, long retentionNanos, long nowNanos) {
    rows.entrySet()
        .removeIf(
            row ->
                !shown.contains(row.getKey())
                    && nowNanos - row.getValue().newestNanos > retentionNanos);
  }

  List<TopicTotals> totals() {
    return rows.entrySet().stream()
        .map(
            row ->
                new TopicTotals(
                    row.getKey().topic().name(),
                    row.getKey().variant(),
                    row.getValue().displays,
                    row.getValue().counts.sent(),
                    row.getValue().counts.skipped(),
                    row.getValue().reported,
                    row.getValue().frames))
        .toList();
  }
}
