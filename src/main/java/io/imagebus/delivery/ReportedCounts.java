package io.imagebus.delivery;

import io.imagebus.frame.StreamId;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.Timing;
import org.jspecify.annotations.Nullable;

/**
 * What one display says it received of a topic, over all the streams that it followed there. Owned
 * by one event loop.
 */
final class ReportedCounts {

  private final Stream earlier = new Stream();
  private Stream previous = new Stream();
  private Stream current = new Stream();
  private Timing timing = Timing.NONE;

  /** The newest word on one stream. */
  private static final class Stream {
    private @Nullable StreamId id;
    private SequenceCounts counts = SequenceCounts.ZERO;
    private FrameCounts frames = FrameCounts.ZERO;

    boolean is(StreamId other) {
      return other.equals(id);
    }

    void take(DisplayReport report) {
      if (falls(report.counts()) || falls(report.frames())) {
        throw new IllegalArgumentException("report: totals never fall");
      }
      counts = report.counts();
      frames = report.frames();
    }

    private boolean falls(SequenceCounts newer) {
      return newer.received() < counts.received()
          || newer.lost() < counts.lost()
          || newer.corrupt() < counts.corrupt()
          || newer.skipped() < counts.skipped()
          || newer.duplicate() < counts.duplicate()
          || newer.late() < counts.late()
          || newer.reordered() < counts.reordered()
          || newer.stale() < counts.stale()
          || newer.unattributable() < counts.unattributable()
          || newer.unknownTails() < counts.unknownTails();
    }

    private boolean falls(FrameCounts newer) {
      return newer.good() < frames.good()
          || newer.failed() < frames.failed()
          || newer.skipped() < frames.skipped();
    }

    void add(Stream other) {
      counts = counts.plus(other.counts);
      frames = frames.plus(other.frames);
    }
  }

  /**
   * Takes the display's newest word on a stream; each is a total of that stream. The last word on
   * the stream before may come after the first on the next.
   *
   * @throws IllegalArgumentException if a total is below what the display said before
   */
  void take(StreamId reported, DisplayReport report) {
    if (previous.is(reported)) {
      previous.take(report);
      return;
    }
    if (!current.is(reported)) {
      earlier.add(previous);
      previous = current;
      current = new Stream();
      current.id = reported;
    }
    current.take(report);
    timing = report.timing();
  }

  /** Whether it is the last stream but one, or the last, of which the display told. */
  boolean knows(StreamId id) {
    return current.is(id) || previous.is(id);
  }

  /** The sum over all streams. */
  SequenceCounts total() {
    return earlier.counts.plus(previous.counts).plus(current.counts);
  }

  /** The frames of all streams. */
  FrameCounts frames() {
    return earlier.frames.plus(previous.frames).plus(current.frames);
  }

  /** How even and how late the pictures of the stream of now are. */
  Timing timing() {
    return timing;
  }
}
