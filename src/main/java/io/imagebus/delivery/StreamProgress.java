package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.SkipReason;
import java.util.ArrayList;
import java.util.List;

/*
 * Every number of a stream is either handed on or announced as skipped, so that a number that a
 * display misses was lost between here and the display, and nowhere else. Holes that the senders
 * before announced keep their reason. Those that nobody announced were lost on an earlier hop, which
 * has counted them; towards the display they are skips with the reason "incomplete", so that every
 * loss is counted at exactly one hop.
 */
/** How far one stream has come, and what was left out on the way. Owned by its room. */
final class StreamProgress {

  private static final long NO_FRAME = -1;

  private long nextSequence;
  private long skippedTotal;
  private long lastFrame = NO_FRAME;

  StreamProgress(long firstSequence, long skippedTotal) {
    this.nextSequence = firstSequence;
    this.skippedTotal = skippedTotal;
  }

  /** The number that comes next. */
  long nextSequence() {
    return nextSequence;
  }

  /** Whether the frame, or a part of it, has been passed already. */
  boolean isPast(ChunkedFrame frame) {
    return frame.firstSequence() - nextSequence < 0;
  }

  /** The hole before a frame, and the frame itself. */
  List<SkipRun> arrived(ChunkedFrame frame, long total) {
    long frames = lastFrame == NO_FRAME ? 0 : Math.max(0, frame.number() - lastFrame - 1);
    List<SkipRun> hole = skipTo(frame.firstSequence(), total, frames, SkipReason.LINK_CREDIT);
    nextSequence = frame.nextSequence();
    lastFrame = frame.number();
    return hole;
  }

  /** An announcement, and the hole before it. */
  List<SkipRun> skipped(Skipped skip) {
    if (skip.to() - nextSequence < 0) {
      skippedTotal = Math.max(skippedTotal, skip.skippedTotal());
      return List.of();
    }
    long from = Math.max(skip.from(), nextSequence);
    long before = skip.skippedTotal() - (skip.to() - from + 1);
    List<SkipRun> runs = new ArrayList<>(skipTo(from, before, 0, SkipReason.LINK_CREDIT));
    runs.add(new SkipRun(from, skip.to(), skip.frames(), skip.reason()));
    nextSequence = skip.to() + 1;
    skippedTotal = skip.skippedTotal();
    if (lastFrame != NO_FRAME) {
      lastFrame += skip.frames();
    }
    return runs;
  }

  /**
   * The hole up to a number that the sender has named.
   *
   * @param total numbers below it that were left out on purpose
   * @param frames how many frames the hole is, 0 if not known
   * @param announced reason for as many of them as the total explains
   */
  List<SkipRun> skipTo(long sequence, long total, long frames, SkipReason announced) {
    long explained = Math.max(0, total - skippedTotal);
    skippedTotal = Math.max(skippedTotal, total);
    long missing = sequence - nextSequence;
    if (missing <= 0) {
      return List.of();
    }
    long onPurpose = Math.min(explained, missing);
    long from = nextSequence;
    nextSequence = sequence;
    List<SkipRun> runs = new ArrayList<>(2);
    long purposeFrames = Math.min(frames, onPurpose);
    if (onPurpose > 0) {
      runs.add(new SkipRun(from, from + onPurpose - 1, purposeFrames, announced));
    }
    if (onPurpose < missing) {
      long rest = Math.min(frames - purposeFrames, missing - onPurpose);
      runs.add(new SkipRun(from + onPurpose, sequence - 1, rest, SkipReason.INCOMPLETE));
    }
    return runs;
  }
}
