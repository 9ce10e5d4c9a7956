package io.imagebus.sequence;

import io.imagebus.sequence.SnapshotRing.Snapshot;
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
   * @param chunks counted in this step alone; pending may be negative
   */
  public record Step(long endNanos, SequenceCounts chunks) {}

  private final Snapshot start;
  private final SnapshotRing minute;
  private final SnapshotRing quarterHour;
  private Snapshot latest;

  /** Begins with what had been counted at the start. */
  public ReliabilityWindows(SequenceCounts chunks, FrameCounts frames, long nowNanos) {
    start = new Snapshot(chunks, frames);
    latest = start;
    minute = new SnapshotRing(TimeUnit.MINUTES.toNanos(1), STEPS);
    quarterHour = new SnapshotRing(TimeUnit.MINUTES.toNanos(15), STEPS);
    record(chunks, frames, nowNanos);
  }

  /** Takes the next snapshot; no counter may be lower than in the last one, but pending. */
  public void record(SequenceCounts chunks, FrameCounts frames, long nowNanos) {
    latest = new Snapshot(chunks, frames);
    minute.add(latest, nowNanos);
    quarterHour.add(latest, nowNanos);
  }

  /** What was counted in the minute before {@code nowNanos}. */
  public SequenceCounts lastMinute(long nowNanos) {
    return minute.difference(nowNanos).chunks();
  }

  /** What became of frames in the minute before {@code nowNanos}. */
  public FrameCounts framesOfLastMinute(long nowNanos) {
    return minute.difference(nowNanos).frames();
  }

  /** What was counted in the fifteen minutes before {@code nowNanos}. */
  public SequenceCounts lastQuarterHour(long nowNanos) {
    return quarterHour.difference(nowNanos).chunks();
  }

  /** What became of frames in the fifteen minutes before {@code nowNanos}. */
  public FrameCounts framesOfLastQuarterHour(long nowNanos) {
    return quarterHour.difference(nowNanos).frames();
  }

  /** The last quarter of an hour in at most 60 steps of 15 s, oldest first; the last is short. */
  public List<Step> history(long nowNanos) {
    return quarterHour.steps(STEPS, nowNanos);
  }

  /** What was counted since the start. */
  public SequenceCounts sinceStart() {
    return latest.minus(start).chunks();
  }
}
