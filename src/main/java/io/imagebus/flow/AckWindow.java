package io.imagebus.flow;

import java.util.concurrent.TimeUnit;

/*
 * Whatever buffers lie between, a frame that was sent and not acknowledged is on its way, and a
 * newer one waits behind it. With n frames under way the age of what a display shows is about the
 * acknowledgement delay, which grows with n once the link is full. So n follows the delay: as many
 * frames as keep it near the target, one at least, so that a link on which a single frame takes
 * longer still moves.
 */
/**
 * How many frames of one topic may be under way to a display that acknowledges what it has shown.
 * One that never does is not held back. Owned by one event loop. Not thread-safe.
 */
public final class AckWindow {

  /** Weight of a new delay in the smoothed one: 1/4, so that a change shows within a few frames. */
  private static final int SMOOTHING = 4;

  private final int maxFrames;
  private final long targetNanos;
  private final long[] frames;
  private final long[] sentNanos;
  private final long[] bytes;
  private int oldest;
  private int unacknowledged;
  private long newest;
  private boolean begun;
  private boolean acknowledging;
  private long smoothedNanos;
  private long doneBytes;
  private long doneNanos;
  private long leftBytes;
  private long leftNanos;
  private long doneLeftBytes;
  private long doneLeftNanos;

  /**
   * A window with nothing under way.
   *
   * @param maxFrames the most frames under way
   * @param targetMillis the delay to be kept
   */
  public AckWindow(int maxFrames, long targetMillis) {
    this.maxFrames = maxFrames;
    this.targetNanos = TimeUnit.MILLISECONDS.toNanos(targetMillis);
    this.frames = new long[maxFrames];
    this.sentNanos = new long[maxFrames];
    this.bytes = new long[maxFrames];
  }

  /** Whether one more frame may be begun. */
  public boolean isOpen() {
    return !acknowledging || unacknowledged == 0 || unacknowledged < frames();
  }

  /** How many frames may be under way at the current delay. */
  public int frames() {
    if (smoothedNanos == 0) {
      return maxFrames;
    }
    return (int) Math.max(1, Math.min(maxFrames, targetNanos / smoothedNanos));
  }

  /** A frame was begun; its number is above those before. */
  public void sent(long frame, long nowNanos) {
    sent(frame, 0, nowNanos);
  }

  /** The same for a frame of so many bytes. */
  public void sent(long frame, long frameBytes, long nowNanos) {
    if (unacknowledged == maxFrames) {
      oldest = (oldest + 1) % maxFrames;
      unacknowledged--;
    }
    int slot = (oldest + unacknowledged) % maxFrames;
    frames[slot] = frame;
    sentNanos[slot] = nowNanos;
    bytes[slot] = frameBytes;
    unacknowledged++;
    newest = frame;
    begun = true;
  }

  /**
   * A frame was shown, and with it every older one is done. Said twice, it changes nothing.
   *
   * @return false if no frame up to this number was ever sent
   */
  public boolean acknowledged(long frame, long nowNanos) {
    if (!begun || frame - newest > 0) {
      return false;
    }
    // Also when the frame is older than all that are kept: else one that begins with a long queue
    // would never be paced.
    acknowledging = true;
    int done = 0;
    doneBytes = 0;
    doneLeftBytes = 0;
    while (done < unacknowledged && frames[(oldest + done) % maxFrames] - frame <= 0) {
      doneBytes += bytes[(oldest + done) % maxFrames];
      done++;
    }
    if (done > 0) {
      doneNanos = nowNanos - sentNanos[(oldest + done - 1) % maxFrames];
      settleLeft(nowNanos);
      learn(doneNanos);
      oldest = (oldest + done) % maxFrames;
      unacknowledged -= done;
    }
    return true;
  }

  private void settleLeft(long nowNanos) {
    doneLeftBytes = leftBytes;
    doneLeftNanos = nowNanos - leftNanos;
    leftBytes = 0;
  }

  private void learn(long delayNanos) {
    long delay = Math.max(1, delayNanos);
    smoothedNanos =
        smoothedNanos == 0 ? delay : smoothedNanos + (delay - smoothedNanos) / SMOOTHING;
  }

  /** Forgets what is under way: the stream has changed. The delay stays known. */
  public void clear() {
    leftBytes = 0;
    unacknowledged = 0;
    begun = false;
  }

  /**
   * The pictures go on in another stream. What is under way of the old one holds up none of them,
   * but it is on the line before them, and done when the first of them is.
   */
  public void turn() {
    long bytes = inFlightBytes();
    if (leftBytes == 0 && unacknowledged > 0) {
      leftNanos = sentNanos[oldest];
    }
    clear();
    leftBytes = bytes;
  }

  /** Bytes of the frames that the last acknowledgement was about. */
  public long doneBytes() {
    return doneBytes;
  }

  /** How long the newest of them was under way. */
  public long doneNanos() {
    return doneNanos;
  }

  /**
   * Bytes of the frames of earlier streams that this acknowledgement was the first to be behind.
   */
  public long doneLeftBytes() {
    return doneLeftBytes;
  }

  /** How long ago the oldest of these was begun. */
  public long doneLeftNanos() {
    return doneLeftNanos;
  }

  /** Bytes of the frames begun and not acknowledged, of earlier streams too. */
  public long inFlightBytes() {
    return leftBytes + waitingBytes();
  }

  private long waitingBytes() {
    long sum = 0;
    for (int i = 0; i < unacknowledged; i++) {
      sum += bytes[(oldest + i) % maxFrames];
    }
    return sum;
  }

  /** How long ago the oldest of them was begun; 0 if there is none. */
  public long oldestNanos(long nowNanos) {
    if (leftBytes > 0) {
      return nowNanos - leftNanos;
    }
    return unacknowledged == 0 ? 0 : nowNanos - sentNanos[oldest];
  }

  /** Frames of this stream begun and not acknowledged. */
  public int unacknowledged() {
    return unacknowledged;
  }
}
