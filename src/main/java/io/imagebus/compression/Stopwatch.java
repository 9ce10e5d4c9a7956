package io.imagebus.compression;

import io.imagebus.base.Clock;
import io.imagebus.compression.JobResult.Cost;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures what the thread that uses it does. Owned by one thread. */
final class Stopwatch {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean HAS_CPU_TIME = THREADS.isCurrentThreadCpuTimeSupported();

  private final Clock clock;
  private long startNanos;
  private long startCpuNanos;

  Stopwatch(Clock clock) {
    this.clock = clock;
  }

  void start() {
    startNanos = clock.nanoTime();
    startCpuNanos = cpuNanos();
  }

  /** What was used since the start, as one piece of work. */
  Cost stop() {
    return new Cost(1, clock.nanoTime() - startNanos, cpuNanos() - startCpuNanos);
  }

  private static long cpuNanos() {
    return HAS_CPU_TIME ? THREADS.getCurrentThreadCpuTime() : 0;
  }
}
