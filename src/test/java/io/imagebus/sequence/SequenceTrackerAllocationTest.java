package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The steady state of a tracker makes no garbage. */
class SequenceTrackerAllocationTest {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final SequenceTracker tracker = new SequenceTracker(SequenceLimits.defaults());

  @Test
  void onChunk_gapsSkipsAndRepairs_allocatesNothing() {
    feed(0, 10_000);
    long beforeBytes = THREAD.getCurrentThreadAllocatedBytes();
    feed(10_000, 200_000);
    long allocatedBytes = THREAD.getCurrentThreadAllocatedBytes() - beforeBytes;

    // A tenth of a byte a chunk leaves room for what the machine itself allocates on this thread.
    assertThat(allocatedBytes).isLessThan(20_000);
    assertThat(tracker.counts().lost()).isGreaterThan(10_000);
    assertThat(tracker.counts().skipped()).isGreaterThan(10_000);
    assertThat(tracker.counts().reordered()).isGreaterThan(10_000);
  }

  /** Of every ten numbers one is skipped, one lost, one comes behind its successor. */
  private void feed(long first, long limit) {
    for (long tens = first; tens < limit; tens += 10) {
      long nowNanos = tens * 1_000_000;
      long skips = tens / 10;
      tracker.onChunk(1, tens, skips, nowNanos);
      tracker.onChunk(1, tens + 3, skips + 1, nowNanos);
      tracker.onChunk(1, tens + 5, skips + 1, nowNanos);
      tracker.onChunk(1, tens + 4, skips + 1, nowNanos);
      for (long number = tens + 6; number < tens + 10; number++) {
        tracker.onChunk(1, number, skips + 1, nowNanos);
      }
      tracker.onHeartbeat(1, tens + 10, skips + 1, false, nowNanos);
      tracker.tick(nowNanos);
    }
  }
}
