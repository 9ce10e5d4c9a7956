package io.imagebus.sequence;

import io.imagebus.sequence.ReliabilityWindows.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The snapshots of one window, evenly thinned out; a full ring forgets the oldest. */
final class SnapshotRing {

  /** What had been counted at one moment, or between two. */
  record Snapshot(SequenceCounts chunks, FrameCounts frames) {

    static final Snapshot ZERO = new Snapshot(SequenceCounts.ZERO, FrameCounts.ZERO);

    Snapshot minus(Snapshot earlier) {
      return new Snapshot(chunks.minus(earlier.chunks), frames.minus(earlier.frames));
    }
  }

  private final long spanNanos;
  private final long stepNanos;
  private final Snapshot[] snapshots;
  private final long[] atNanos;
  private int size;
  private int newest = -1;
  private Snapshot latest = Snapshot.ZERO;
  private long latestNanos;

  SnapshotRing(long spanNanos, int steps) {
    this.spanNanos = spanNanos;
    stepNanos = spanNanos / steps;
    // One more on either end, so that what stays always reaches back over the whole window.
    snapshots = new Snapshot[steps + 2];
    Arrays.fill(snapshots, Snapshot.ZERO);
    atNanos = new long[snapshots.length];
  }

  /** Takes the latest snapshot, and keeps it if the last one kept is a step older. */
  void add(Snapshot snapshot, long nowNanos) {
    latest = snapshot;
    latestNanos = nowNanos;
    if (size > 0 && nowNanos - atNanos[newest] < stepNanos) {
      return;
    }
    newest = (newest + 1) % snapshots.length;
    snapshots[newest] = snapshot;
    atNanos[newest] = nowNanos;
    size = Math.min(size + 1, snapshots.length);
  }

  /** What was counted in the window that ends at {@code nowNanos}. */
  Snapshot difference(long nowNanos) {
    return nowNanos - latestNanos >= spanNanos ? Snapshot.ZERO : latest.minus(baseline(nowNanos));
  }

  /**
   * What was counted between each snapshot kept and the next, and since the last one kept, oldest
   * first: at most {@code limit} steps that end within the window before {@code nowNanos}.
   */
  List<Step> steps(int limit, long nowNanos) {
    List<Step> steps = new ArrayList<>(limit);
    Snapshot end = latest;
    long endNanos = latestNanos;
    int slot = newest;
    for (int i = 0; i < size && steps.size() < limit && nowNanos - endNanos < spanNanos; i++) {
      if (atNanos[slot] != endNanos) {
        steps.add(new Step(endNanos, end.minus(snapshots[slot]).chunks()));
        end = snapshots[slot];
        endNanos = atNanos[slot];
      }
      slot = (slot + snapshots.length - 1) % snapshots.length;
    }
    Collections.reverse(steps);
    return steps;
  }

  /** The newest snapshot that is a window old at {@code nowNanos}, or else the oldest kept. */
  private Snapshot baseline(long nowNanos) {
    int slot = newest;
    for (int i = 1; i < size && nowNanos - atNanos[slot] < spanNanos; i++) {
      slot = (slot + snapshots.length - 1) % snapshots.length;
    }
    return snapshots[slot];
  }
}
