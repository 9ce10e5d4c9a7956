package io.imagebus.sequence;

/** The epochs of the last few streams that another one has replaced; the oldest is forgotten. */
final class RetiredStreams {

  private final long[] epochs;
  private int size;
  private int oldest;

  RetiredStreams(int capacity) {
    epochs = new long[capacity];
  }

  void add(long epoch) {
    if (size < epochs.length) {
      epochs[size++] = epoch;
    } else {
      epochs[oldest] = epoch;
      oldest = (oldest + 1) % epochs.length;
    }
  }

  boolean contains(long epoch) {
    for (int i = 0; i < size; i++) {
      if (epochs[i] == epoch) {
        return true;
      }
    }
    return false;
  }
}
