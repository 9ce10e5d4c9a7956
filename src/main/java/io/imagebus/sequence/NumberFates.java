package io.imagebus.sequence;

/**
 * Hears of the numbers of a stream that did not simply come in order, and what became of them.
 * Every number that is {@link #opened} is {@link #settled} once.
 */
interface NumberFates {

  /** What became of a number that was missing or damaged. */
  enum Fate {
    /** A good copy came in time. */
    HEALED,
    /** It was left out on purpose. */
    SKIPPED,
    /** Only damaged copies came. */
    CORRUPT,
    /** It never came. */
    LOST,
    /** It never came, though it was asked for again. */
    UNREPAIRABLE
  }

  /** Listens to nothing. */
  NumberFates IGNORED =
      new NumberFates() {
        @Override
        public void at(long nowNanos) {}

        @Override
        public void begun(long epoch, long first) {}

        @Override
        public void opened(long from, long limit) {}

        @Override
        public void settled(long from, long limit, Fate fate) {}
      };

  /** It is this late; said before anything else that happens then. */
  void at(long nowNanos);

  /** A stream is followed from its number {@code first} on; of any before nothing is open. */
  void begun(long epoch, long first);

  /** The numbers from {@code from} up to, not including, {@code limit} are missing or damaged. */
  void opened(long from, long limit);

  /** The numbers from {@code from} up to, not including, {@code limit} are so, finally. */
  void settled(long from, long limit, Fate fate);
}
