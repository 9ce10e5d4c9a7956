package io.imagebus.sequence;

import io.imagebus.sequence.ReliabilityWindows.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The snapshots of one window, evenly thinned out; a full ring forgets the oldest. */
final class SnapshotRing {

  private final long spanNanos;
  private final long stepNanos;
  private final SequenceCounts[] counts;
  private final long[] atNanos;
  private int size;
  private int newest = -1;
  private SequenceCounts latest = SequenceCounts.ZERO;
  private long latestNanos;

  SnapshotRing(long spanNanos, int steps) {
    this.spanNanos = spanNanos;
    stepNanos = spanNanos / steps;
    // One more on either end, so that what stays always reaches back over the whole window.
    counts = new SequenceCounts[steps + 2];
    Arrays.fill(counts, SequenceCounts.ZERO);
    atNanos = new long[counts.length];
  }

  /** Takes the latest snapshot, and keeps it if the last one kept is a step older. */
  void add(SequenceCounts snapshot, long nowNanos) {
    latest = snapshot;
    latestNanos = nowNanos;
    if (size > 0 && nowNanos - atNanos[newest] < stepNanos) {
      return;
    }
    newest = (newest + 1) % counts.length;
    counts[newest] = snapshot;
    atNanos[newest] = nowNanos;
    size = Math.min(size + 1, counts.length);
  }

  /** What was counted in the window that ends at {@code nowNanos}. */
  SequenceCounts difference(long nowNanos) {
    return nowNanos - latestNanos >= spanNanos
        ? SequenceCounts.ZERO
        : latest.minus(baseline(nowNanos));
  }

  /**
   * What was counted between each snapshot kept and the next, oldest first, up to the latest; at
   * most {@code limit} steps of the window that ends at {@code nowNanos}.
   */
  List<Step> steps(int limit, long nowNanos) {
    List<Step> steps = new ArrayList<>(limit);
    SequenceCounts end = latest;
    long endNanos = latestNanos;
    int slot = newest;
    for (int i = 0; i < size && steps.size() < limit && nowNanos - endNanos < spanNanos; i++) {
      if (atNanos[slot] != endNanos) {
        steps.add(new Step(endNanos, end.minus(counts[slot])));
        end = counts[slot];
        endNanos = atNanos[slot];
      }
      slot = (slot + counts.length - 1) % counts.length;
    }
    Collections.reverse(steps);
    return steps;
  }

  /** The newest snapshot that is a window old at {@code nowNanos}, or else the oldest kept. */
  private SequenceCounts baseline(long nowNanos) {
    int slot = newest;
    for (int i = 1; i < size && nowNanos - atNanos[slot] < spanNanos; i++) {
      slot = (slot + counts.length - 1) % counts.length;
    }
    return counts[slot];
  }
}
