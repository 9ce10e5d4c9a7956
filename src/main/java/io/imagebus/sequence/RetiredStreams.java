package io.imagebus.sequence;

/** The epochs of the last few streams that another one has replaced; the oldest is forgotten. */
final class RetiredStreams {

  /** The oldest first. */
  private final long[] epochs;

  private int size;

  RetiredStreams(int capacity) {
    epochs = new long[capacity];
  }

  void add(long epoch) {
    if (size == epochs.length) {
      removeAt(0);
    }
    epochs[size++] = epoch;
  }

  /** Forgets an epoch, if it is known. */
  void remove(long epoch) {
    int at = indexOf(epoch);
    if (at >= 0) {
      removeAt(at);
    }
  }

  private void removeAt(int at) {
    size--;
    System.arraycopy(epochs, at + 1, epochs, at, size - at);
  }

  boolean contains(long epoch) {
    return indexOf(epoch) >= 0;
  }

  private int indexOf(long epoch) {
    for (int i = 0; i < size; i++) {
      if (epochs[i] == epoch) {
        return i;
      }
    }
    return -1;
  }
}
