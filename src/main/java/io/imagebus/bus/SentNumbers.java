package io.imagebus.bus;

/**
 * What one link put through of one topic, in sequence numbers: the sender's side of the account.
 * Never falls. Owned by its link.
 */
final class SentNumbers {

  private long sent;
  private long skipped;

  /**
   * Notes that the link has passed on some more numbers.
   *
   * @param numbers by which it went on, 0 for what it repeats
   * @param chunks that were really sent; the other numbers were announced as left out
   */
  void add(long numbers, long chunks) {
    long came = Math.min(numbers, chunks);
    sent += came;
    skipped += numbers - came;
  }

  /** Numbers whose chunk was handed to the other side. */
  long sent() {
    return sent;
  }

  /** Numbers of which the other side was told that they will not come. */
  long skipped() {
    return skipped;
  }
}
