package io.imagebus.sequence;

/**
 * The last input that leapt too far to be believed alone.
 *
 * <p>As in RFC 3550 appendix A.1 a second input that continues it makes it credible; unlike there
 * it need not be the very next number, because the successor itself may be lost.
 */
final class ParkedJump {

  /** What kind of input leapt. */
  enum Kind {
    NOTHING,
    GOOD_CHUNK,
    DAMAGED_CHUNK,
    HEARTBEAT
  }

  private Kind kind = Kind.NOTHING;
  private long number;
  private long skippedTotal;

  /** Parks a chunk with this number, or a heartbeat with this next number. */
  void park(Kind newKind, long newNumber, long newSkippedTotal) {
    kind = newKind;
    number = newNumber;
    skippedTotal = newSkippedTotal;
  }

  void clear() {
    kind = Kind.NOTHING;
  }

  /** Whether an input with this (next) number goes on where the parked one stopped. */
  boolean isConfirmedBy(long confirmingNumber, long maxJump) {
    long beyond = confirmingNumber - (isChunk() ? number + 1 : number);
    return kind != Kind.NOTHING && beyond >= 0 && beyond <= maxJump;
  }

  boolean isChunk() {
    return kind == Kind.GOOD_CHUNK || kind == Kind.DAMAGED_CHUNK;
  }

  boolean isGood() {
    return kind == Kind.GOOD_CHUNK;
  }

  long number() {
    return number;
  }

  long skippedTotal() {
    return skippedTotal;
  }
}
