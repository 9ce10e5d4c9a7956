package io.imagebus.fault;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the connections of a {@link LinkProxy} go through. Thread-safe. */
final class Weather {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition cleared = lock.newCondition();
  private boolean stalled;
  private long delayNanos;
  private long bytesPerSecond;

  /** Nothing passes until {@link #clear}. */
  void stall() {
    set(true, 0, 0);
  }

  /** Everything comes so much later. */
  void delay(long nanos) {
    set(false, nanos, 0);
  }

  /** Each direction of each connection carries so much. */
  void rate(long limitBytesPerSecond) {
    set(false, 0, limitBytesPerSecond);
  }

  /** As if there were no proxy. */
  void clear() {
    set(false, 0, 0);
  }

  private void set(boolean stall, long delay, long rate) {
    lock.lock();
    try {
      stalled = stall;
      delayNanos = delay;
      bytesPerSecond = rate;
      cleared.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits as long as so many bytes that were read at a time have to wait. */
  void pass(int bytes, long readNanos) throws InterruptedException {
    lock.lock();
    try {
      long wait = waitNanos(bytes, readNanos);
      while (stalled || wait > 0) {
        if (stalled) {
          cleared.await();
        } else {
          cleared.awaitNanos(wait);
        }
        wait = waitNanos(bytes, readNanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private long waitNanos(int bytes, long readNanos) {
    long due = delayNanos + (bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond);
    return due == 0 ? 0 : readNanos + due - System.nanoTime();
  }
}
