package io.imagebus.sequence;

/**
 * One moment on both of a machine's clocks, so that earlier moments of the steady one can be told
 * in the terms of the other.
 *
 * @param nanos of the clock that never steps
 * @param epochMicros microseconds since 1970 UTC
 */
public record Moment(long nanos, long epochMicros) {

  /** When that was, microseconds since 1970 UTC. */
  public long microsOf(long earlierNanos) {
    return epochMicros - (nanos - earlierNanos) / 1_000;
  }
}
