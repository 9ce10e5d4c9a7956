package io.imagebus.sequence;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What was counted in the last minute, in the last quarter of an hour and since the start.
 *
 * <p>Owned by one event loop. Not thread-safe. A window is the difference between the last snapshot
 * and the newest one that is at least as old as the window is long, so it may be longer than its
 * name says by up to a sixtieth, or by the time between two snapshots. Memory is bounded: 62
 * snapshots a window.
 */
public final class ReliabilityWindows {

  private static final int STEPS = 60;

  /**
   * What was counted in one step of the last quarter of an hour.
   *
   * @param endNanos when it ended
   * @param counts of the step alone; its pending may be negative
   */
  public record Step(long endNanos, SequenceCounts counts) {}

  private final SequenceCounts start;
  private final SnapshotRing minute;
  private final SnapshotRing quarterHour;
  private SequenceCounts latest;

  /** Begins with what had been counted at the start. */
  public ReliabilityWindows(SequenceCounts start, long nowNanos) {
    this.start = start;
    this.latest = start;
    minute = new SnapshotRing(TimeUnit.MINUTES.toNanos(1), STEPS);
    quarterHour = new SnapshotRing(TimeUnit.MINUTES.toNanos(15), STEPS);
    record(start, nowNanos);
  }

  /** Takes the next snapshot. */
  public void record(SequenceCounts counts, long nowNanos) {
    latest = counts;
    minute.add(counts, nowNanos);
    quarterHour.add(counts, nowNanos);
  }

  /** What was counted in the minute before {@code nowNanos}. */
  public SequenceCounts lastMinute(long nowNanos) {
    return minute.difference(nowNanos);
  }

  /** What was counted in the fifteen minutes before {@code nowNanos}. */
  public SequenceCounts lastQuarterHour(long nowNanos) {
    return quarterHour.difference(nowNanos);
  }

  /** The last quarter of an hour in at most 60 steps of 15 s, oldest first; the last may be short. */
  public List<Step> history(long nowNanos) {
    return quarterHour.steps(STEPS, nowNanos);
  }

  /** What was counted since the start. */
  public SequenceCounts sinceStart() {
    return latest.minus(start);
  }
}
