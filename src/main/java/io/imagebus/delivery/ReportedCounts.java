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

  /** Takes the display's newest word on a stream; each is a total of that stream. */
  void take(StreamId reported, DisplayReport report) {
    if (!reported.equals(stream)) {
      earlier = earlier.plus(current);
      stream = reported;
    }
    current = report.counts();
  }

  /** The sum over all streams. */
  SequenceCounts total() {
    return earlier.plus(current);
  }
}
