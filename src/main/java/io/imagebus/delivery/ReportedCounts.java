package io.imagebus.delivery;

import io.imagebus.frame.StreamId;
import io.imagebus.sequence.SequenceCounts;
import org.jspecify.annotations.Nullable;

/**
 * What one display says it received of a topic, over all the streams that it followed there. Owned
 * by one event loop.
 */
final class ReportedCounts {

  private SequenceCounts earlier = SequenceCounts.ZERO;
  private SequenceCounts current = SequenceCounts.ZERO;
  private @Nullable StreamId stream;

  /**
   * Takes the display's newest word on a stream; each is a total of that stream.
   *
   * @throws IllegalArgumentException if a total is below what the display said before
   */
  void take(StreamId reported, DisplayReport report) {
    SequenceCounts counts = report.counts();
    if (!reported.equals(stream)) {
      earlier = earlier.plus(current);
      stream = reported;
    } else if (falls(counts)) {
      throw new IllegalArgumentException("report: totals never fall");
    }
    current = counts;
  }

  private boolean falls(SequenceCounts counts) {
    return counts.received() < current.received()
        || counts.lost() < current.lost()
        || counts.corrupt() < current.corrupt()
        || counts.skipped() < current.skipped()
        || counts.duplicate() < current.duplicate()
        || counts.late() < current.late();
  }

  /** The sum over all streams. */
  SequenceCounts total() {
    return earlier.plus(current);
  }
}
