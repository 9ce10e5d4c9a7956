package io.imagebus.flow;

import java.util.ArrayDeque;

/*
 * How many bytes a sender may have under way.
 *
 * A fixed window is either too small for a fast link or too large for a slow one: 2 MiB on a
 * 20 Mbit/s link are 0.8 s of data, and everything else on that connection, the ping that keeps it
 * alive included, waits behind them. So the limit follows the delay of the acknowledgements: above
 * the target it is halved, once per window; below half the target, and only while the window is
 * what holds the sender back, it grows by what was acknowledged (slow start, RFC 5681 §3.1). A
 * receiver that was stopped for a minute thus gets small windows first and is back at full size
 * after a few round trips.
 */
/**
 * A window of unacknowledged bytes, closed by cumulative acknowledgements. What is larger than the
 * window passes when nothing else is under way. Owned by one event loop.
 */
public final class CreditWindow {

  private static final int MAX_STAMPS = 256;

  private final long maxBytes;
  private final long minBytes;
  private final long targetDelayNanos;
  private final ArrayDeque<Stamp> stamps = new ArrayDeque<>();

  private long limitBytes;
  private long sentOffset;
  private long ackedOffset;
  private long recoverOffset;
  private boolean limiting;

  private record Stamp(long endOffset, long sentNanos) {}

  /**
   * An open window.
   *
   * @param maxBytes the most that is ever under way, but for a single larger item
   * @param minBytes what a link gets however slow it is
   * @param targetDelayNanos acknowledgements later than this make the window smaller
   */
  public CreditWindow(long maxBytes, long minBytes, long targetDelayNanos) {
    this.maxBytes = maxBytes;
    this.minBytes = Math.min(minBytes, maxBytes);
    this.targetDelayNanos = targetDelayNanos;
    this.limitBytes = maxBytes;
  }

  /** Whether an item may go now, whole. Remembers a refusal: the window is then what limits. */
  public boolean admits(long bytes) {
    boolean admitted = inFlightBytes() == 0 || inFlightBytes() + bytes <= limitBytes;
    limiting |= !admitted;
    return admitted;
  }

  /** Counts bytes as under way; returns the offset whose acknowledgement frees them. */
  public long sent(long bytes, long nowNanos) {
    sentOffset += bytes;
    if (stamps.size() == MAX_STAMPS) {
      stamps.pollLast();
    }
    stamps.addLast(new Stamp(sentOffset, nowNanos));
    return sentOffset;
  }

  /** Takes a cumulative acknowledgement; false if it told nothing new. */
  public boolean acknowledged(long endOffset, long nowNanos) {
    if (endOffset <= ackedOffset || endOffset > sentOffset) {
      return false;
    }
    long freed = endOffset - ackedOffset;
    ackedOffset = endOffset;
    long delayNanos = -1;
    while (!stamps.isEmpty() && stamps.peekFirst().endOffset() <= endOffset) {
      delayNanos = nowNanos - stamps.pollFirst().sentNanos();
    }
    if (delayNanos >= 0) {
      adapt(delayNanos, freed);
    }
    return true;
  }

  private void adapt(long delayNanos, long freedBytes) {
    if (delayNanos > targetDelayNanos) {
      if (ackedOffset > recoverOffset) {
        limitBytes = Math.max(minBytes, limitBytes / 2);
        recoverOffset = sentOffset;
      }
    } else if (limiting && delayNanos < targetDelayNanos / 2) {
      limitBytes = Math.min(maxBytes, limitBytes + freedBytes);
      limiting = false;
    }
  }

  /** Bytes sent and not yet acknowledged. */
  public long inFlightBytes() {
    return sentOffset - ackedOffset;
  }

  /** Bytes that may be under way now. */
  public long limitBytes() {
    return limitBytes;
  }

  /** Offset of the last byte sent. */
  public long sentOffset() {
    return sentOffset;
  }
}
