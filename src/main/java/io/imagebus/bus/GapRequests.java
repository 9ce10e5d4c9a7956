package io.imagebus.bus;

import io.imagebus.wire.NumberRange;
import io.imagebus.wire.NumberRanges;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * When to ask for which missing numbers of one stream. A gap is asked for a little after it was
 * found, because it may close by itself, and again, ever more slowly, for as long as something of
 * it is missing; after the last try it is given up. The waits are jittered, so that the nodes that
 * lost the same chunks do not ask at the same instant. Bound: as many gaps as the receiver has
 * numbers open; beyond that the oldest is given up. Owned by one event loop.
 */
final class GapRequests {

  /** A gap may close by itself for so long, and up to twice as long. */
  static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** The answer to the first try has so long, a quarter more or less; to each next twice that. */
  static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How often a gap is asked for. */
  static final int TRIES = 4;

  private static final int MAX_GAPS = 1_024;

  /**
   * What to do now.
   *
   * @param ask numbers to ask for
   * @param giveUp numbers that were asked for often enough
   */
  record Due(List<NumberRange> ask, List<NumberRange> giveUp) {}

  private static final class Gap {
    final NumberRange numbers;
    int tries;
    long dueNanos;

    Gap(NumberRange numbers, long dueNanos) {
      this.numbers = numbers;
      this.dueNanos = dueNanos;
    }
  }

  private final SplittableRandom random;
  private final ArrayDeque<Gap> gaps = new ArrayDeque<>();

  GapRequests(SplittableRandom random) {
    this.random = random;
  }

  /** Takes note of a gap that was just found. */
  void opened(NumberRange numbers, long nowNanos) {
    long delayNanos = FIRST_DELAY_NANOS + random.nextLong(FIRST_DELAY_NANOS);
    gaps.addLast(new Gap(numbers, nowNanos + delayNanos));
  }

  /** Says what is to be done now, and expects that it is done. */
  Due due(LongPredicate pending, long nowNanos) {
    List<NumberRange> ask = new ArrayList<>();
    List<NumberRange> giveUp = new ArrayList<>();
    while (gaps.size() > MAX_GAPS) {
      giveUp.add(gaps.removeFirst().numbers);
    }
    for (Iterator<Gap> it = gaps.iterator(); it.hasNext() && ask.size() < NumberRanges.MAX; ) {
      Gap gap = it.next();
      if (nowNanos - gap.dueNanos < 0) {
        continue;
      }
      List<NumberRange> missing = stillMissing(gap.numbers, pending);
      if (missing.isEmpty()) {
        it.remove();
      } else if (gap.tries == TRIES) {
        it.remove();
        giveUp.addAll(missing);
      } else {
        ask.addAll(missing.subList(0, Math.min(missing.size(), NumberRanges.MAX - ask.size())));
        gap.dueNanos = nowNanos + patienceNanos(gap.tries++);
      }
    }
    return new Due(ask, giveUp);
  }

  private long patienceNanos(int triesBefore) {
    long nanos = RETRY_NANOS << triesBefore;
    return nanos - nanos / 4 + random.nextLong(nanos / 2);
  }

  private static List<NumberRange> stillMissing(NumberRange gap, LongPredicate pending) {
    List<NumberRange> missing = new ArrayList<>();
    long limit = gap.to() + 1;
    long number = gap.from();
    while (number != limit) {
      long from = number;
      while (number != limit && pending.test(number)) {
        number++;
      }
      if (number != from) {
        missing.add(new NumberRange(from, number - 1));
      } else {
        number++;
      }
    }
    return missing;
  }

  boolean isEmpty() {
    return gaps.isEmpty();
  }
}
