package io.imagebus.bus;

import io.imagebus.frame.SkipReason;

/**
 * The bounds of one link.
 *
 * @param windowBytes most bytes under way and unacknowledged
 * @param queueBytes most frame bytes that wait for credit; beyond that the oldest frame goes
 * @param maxAgeNanos a frame that has waited longer is not sent any more
 * @param fullReason what a frame that had to go is announced with
 */
record LinkLimits(long windowBytes, long queueBytes, long maxAgeNanos, SkipReason fullReason) {

  /** What an event that is no frame counts for in the window. */
  static final long EVENT_BYTES = 512;

  /** What a link gets however slow it is: one chunk of the usual size and its headers. */
  static final long MIN_WINDOW_BYTES = 160 * 1024;

  /** Data under way must not delay the connection's pings by more than this. */
  static final long TARGET_DELAY_NANOS = 250_000_000;
}
