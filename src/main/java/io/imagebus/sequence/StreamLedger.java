package io.imagebus.sequence;

import static io.imagebus.sequence.SequenceOrder.earlier;
import static io.imagebus.sequence.SequenceOrder.isBefore;
import static io.imagebus.sequence.SequenceOrder.later;

import io.imagebus.sequence.NumberFates.Fate;

/**
 * The account of every number of one stream: seen, missing or settled.
 *
 * <p>Owned by one {@link SequenceTracker}. Not thread-safe. Allocates nothing after construction.
 */
final class StreamLedger {

  /*
   * Three marks divide the numbers of the stream:
   *
   *      base            floor                 next
   *       |   all final    |  some pending      |   not expected yet
   *       +----------------+--------------------+------------------->
   *                         <- at most W wide ->
   *
   * A gap only ever opens at `next`, so gaps are ordered by number and by age alike, and giving up
   * is nothing but moving `floor`: to next - W when newer numbers exist, and over every number whose
   * time is up. Each number is passed once. Of a gap wider than W the front is given up by
   * subtraction, without visiting it.
   *
   * Skips are announced as a running total k, "so many numbers below this one were left out", which
   * says how many, not which. The ledger keeps the highest number up to which k is known and k there. A newer total tells that of the numbers missing in between exactly
   * `k - k before` are skips. If that is all of them, they are settled at once. If it is fewer, the
   * range becomes a span: whatever of it arrives is crossed off, and as soon as only skips are left
   * they are settled. If instead its time runs out, the numbers given up first are called skipped,
   * as many as are owed, and the others lost. Which of them was which nobody can tell, but the sums
   * come out exactly: no order of arrivals makes more or fewer skips than were announced. (Calling
   * the first ones lost would be wrong: when a later number of the span then arrived, one skip too
   * few would be left to find.)
   *
   * Input that carries no total moves `next` but not that number; the next total covers its gaps
   * too, as far as they are still open. Where some of them are settled already, they may have been
   * the skips; that doubt keeps the open ones from being settled at once, until nothing else is
   * possible.
   */

  private final int reorderWindow;
  private final long settleNanos;
  private final int history;
  private final CountTally tally;
  private final NumberStates states;
  private final long[] openedNanos;
  private final int openedMask;
  private final SkipTotal skipTotal;
  private final SkipSpans spans;
  private final NumberFates fates;

  /** What becomes of a missing number that is given up now. */
  private Fate lossFate = Fate.LOST;

  private long base;
  private long met;
  private long skipsAtBase;
  private long floor;
  private long next;

  StreamLedger(SequenceLimits limits, CountTally tally, NumberFates fates) {
    this.fates = fates;
    this.reorderWindow = limits.reorderWindow();
    this.settleNanos = limits.settleNanos();
    this.history = limits.history();
    this.tally = tally;
    states = new NumberStates(history);
    openedNanos = new long[Integer.highestOneBit(reorderWindow) << 1];
    openedMask = openedNanos.length - 1;
    skipTotal = new SkipTotal(tally);
    spans = new SkipSpans(reorderWindow);
  }

  /** Begins a stream whose first number to be expected is {@code first}. */
  void begin(long first, long skippedTotal) {
    base = first;
    floor = first;
    next = first;
    met = first;
    skipTotal.begin(first, skippedTotal);
    skipsAtBase = Math.max(0, skippedTotal);
    spans.clear();
  }

  /** The lowest number that is not expected yet. */
  long next() {
    return next;
  }

  /** Every number below this one is settled. */
  long floor() {
    return floor;
  }

  /**
   * The stream began earlier than it was met: the numbers from {@code first} to the base were this
   * receiver's too, and did not come.
   */
  void extendBack(long first, long skippedTotal) {
    long numbers = base - first;
    long skips = Math.max(0, Math.min(numbers, skipsAtBase - skippedTotal));
    fates.opened(first, base);
    tally.expected += numbers;
    tally.pending += numbers;
    settleMissing(first, skips, numbers - skips);
    base = first;
    skipsAtBase = skippedTotal;
  }

  /** The first number that is expected. */
  long base() {
    return base;
  }

  /** Takes note that the sender is done with every number below {@code limit}. */
  void expectBelow(long limit, long skippedTotal, long nowNanos) {
    int span = SkipSpans.NONE;
    if (skipTotal.isNews(limit, skippedTotal)) {
      span = learnSkips(limit, skippedTotal);
    }
    openGap(limit, nowNanos);
    settleCovered(span);
  }

  private int learnSkips(long limit, long skippedTotal) {
    long from = skipTotal.knownTo();
    long skips = skipTotal.learn(limit, skippedTotal);
    if (skips == 0) {
      return SkipSpans.NONE;
    }
    spans.dropBelow(floor);
    long seen = later(from, next - history);
    long end = earlier(limit, next);
    long unseen = isBefore(next, limit) ? limit - next : 0;
    long missing = unseen + states.count(seen, end, NumberStates.MISSING);
    long settled = seen - from + states.count(seen, end, NumberStates.SETTLED);
    long owed = Math.min(skips, missing);
    return spans.add(from, limit, missing, owed, Math.max(0, settled - (skips - owed)));
  }

  private void openGap(long limit, long nowNanos) {
    if (!isBefore(next, limit)) {
      return;
    }
    tally.expected += limit - next;
    tally.pending += limit - next;
    fates.opened(next, limit);
    giveUpBelow(limit - reorderWindow);
    for (; next != limit; next++) {
      states.set(next, NumberStates.MISSING);
      openedNanos[(int) next & openedMask] = nowNanos;
    }
  }

  /** Enters a chunk that {@link #expectBelow} has already made way for. */
  Verdict enter(long number, boolean good, long nowNanos) {
    if (isBefore(number, met)) {
      tally.preBase++;
      return Verdict.PRE_BASE;
    }
    if (number == next) {
      enterNewest(number, good, nowNanos);
      return Verdict.FRESH;
    }
    if (next - number > history) {
      tally.tooOld++;
      return Verdict.TOO_OLD;
    }
    return enterKnown(number, good);
  }

  private void enterNewest(long number, boolean good, long nowNanos) {
    giveUpBelow(number + 1 - reorderWindow);
    next = number + 1;
    tally.expected++;
    if (good) {
      tally.received++;
      states.set(number, NumberStates.RECEIVED);
    } else {
      tally.pending++;
      fates.opened(number, number + 1);
      states.set(number, NumberStates.DAMAGED);
      openedNanos[(int) number & openedMask] = nowNanos;
    }
    skipTotal.sent(number);
  }

  private Verdict enterKnown(long number, boolean good) {
    byte state = states.get(number);
    if (state == NumberStates.SETTLED) {
      tally.late++;
      if (good) {
        states.set(number, NumberStates.RECEIVED);
      }
      return Verdict.LATE;
    }
    if (state == NumberStates.RECEIVED || (state == NumberStates.DAMAGED && !good)) {
      tally.duplicate++;
      return Verdict.DUPLICATE;
    }
    states.set(number, good ? NumberStates.RECEIVED : NumberStates.DAMAGED);
    if (good) {
      tally.received++;
      tally.reordered++;
      tally.pending--;
      fates.settled(number, number + 1, Fate.HEALED);
    }
    if (state == NumberStates.MISSING) {
      crossOff(number);
    }
    return Verdict.REPAIRED;
  }

  private void crossOff(long number) {
    int span = spans.find(number);
    if (span != SkipSpans.NONE) {
      spans.found(span);
      settleCovered(span);
    }
  }

  private void settleCovered(int span) {
    if (span == SkipSpans.NONE || !spans.isCovered(span)) {
      return;
    }
    for (long n = later(spans.from(span), floor); isBefore(n, spans.limit(span)); n++) {
      if (states.isMissing(n)) {
        states.set(n, NumberStates.SETTLED);
        giveUpMissing(n, span, 1);
      }
    }
  }

  /** Gives up every number whose time is up. */
  void settle(long nowNanos) {
    while (floor != next && (!states.isPending(floor) || isDue(floor, nowNanos))) {
      giveUp(floor++);
    }
  }

  private boolean isDue(long number, long nowNanos) {
    return nowNanos - openedNanos[(int) number & openedMask] >= settleNanos;
  }

  /** The lowest number that is pending, or {@link #next} if none is. */
  long firstPending() {
    while (floor != next && !states.isPending(floor)) {
      floor++;
    }
    return floor;
  }

  boolean isPending(long number) {
    return !isBefore(number, floor) && isBefore(number, next) && states.isPending(number);
  }

  /**
   * Gives up what is pending from {@code from} up to, not including, {@code limit}, because it was
   * asked for in vain.
   */
  void giveUp(long from, long limit) {
    lossFate = Fate.UNREPAIRABLE;
    for (long number = later(from, floor); isBefore(number, earlier(limit, next)); number++) {
      giveUp(number);
    }
    lossFate = Fate.LOST;
  }

  /** Gives up everything that is pending. */
  void settleAll() {
    giveUpBelow(next);
  }

  private void giveUpBelow(long limit) {
    while (floor != next && isBefore(floor, limit)) {
      giveUp(floor++);
    }
    if (isBefore(next, limit)) {
      states.fill(next, limit, NumberStates.SETTLED);
      giveUpMissing(next, spans.find(next), limit - next);
      next = limit;
      floor = limit;
    }
  }

  private void giveUp(long number) {
    byte state = states.get(number);
    if (state == NumberStates.MISSING) {
      states.set(number, NumberStates.SETTLED);
      giveUpMissing(number, spans.find(number), 1);
    } else if (state == NumberStates.DAMAGED) {
      states.set(number, NumberStates.SETTLED);
      tally.corrupt++;
      tally.pending--;
      fates.settled(number, number + 1, Fate.CORRUPT);
    }
  }

  private void giveUpMissing(long first, int span, long count) {
    long skips = span == SkipSpans.NONE ? 0 : spans.giveUp(span, count);
    settleMissing(first, skips, count - skips);
  }

  private void settleMissing(long first, long skips, long losses) {
    tally.skipped += skips;
    tally.lost += losses;
    tally.pending -= skips + losses;
    if (skips > 0) {
      fates.settled(first, first + skips, Fate.SKIPPED);
    }
    if (losses > 0) {
      fates.settled(first + skips, first + skips + losses, lossFate);
    }
  }
}
