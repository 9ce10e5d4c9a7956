package io.imagebus.sequence;

import io.imagebus.frame.StreamId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The last gaps of one topic on one hop: when, which numbers, what became of them. Numbers that
 * follow one another and are missing at the same time are one gap. What was announced as left out
 * before anybody missed it is no gap.
 *
 * <p>Owned by one {@link TopicAccount}. Not thread-safe. Keeps the last {@link
 * AccountLine#MAX_GAPS} settled gaps and follows at most {@link #MAX_OPEN} open ones: beyond that
 * the oldest is not recorded. Objects are used again, so that nothing is allocated once it is full.
 */
final class GapLog {

  static final int MAX_OPEN = 64;

  private static final String UNKNOWN = "unknown";
  private static final String DAMAGED_CHUNK = "damaged chunk";

  private final ArrayDeque<Gap> open = new ArrayDeque<>();
  private final ArrayDeque<Gap> settled = new ArrayDeque<>();
  private final ArrayDeque<Gap> unused = new ArrayDeque<>();
  private String cause = UNKNOWN;
  private long nowNanos;
  private long epoch;

  private static final class Gap {
    long epoch;
    long from;
    long limit;
    long openedNanos;
    long settledNanos;
    long pending;
    long healed;
    long skipped;
    long corrupt;
    long lost;
    long unrepairable;
    String cause = UNKNOWN;

    boolean isOpen() {
      return pending > 0;
    }

    boolean holds(long number) {
      return !SequenceOrder.isBefore(number, from) && SequenceOrder.isBefore(number, limit);
    }

    void count(NumberFates.Fate fate, long numbers) {
      pending -= numbers;
      switch (fate) {
        case HEALED -> healed += numbers;
        case SKIPPED -> skipped += numbers;
        case CORRUPT -> corrupt += numbers;
        case LOST -> lost += numbers;
        case UNREPAIRABLE -> unrepairable += numbers;
      }
    }

    /** Whether all of it was known to be left out when it was noticed. */
    boolean wasAnnounced() {
      return skipped == limit - from && settledNanos == openedNanos;
    }

    GapRecord.Outcome outcome() {
      if (unrepairable > 0) {
        return GapRecord.Outcome.UNREPAIRABLE;
      } else if (lost > 0) {
        return GapRecord.Outcome.LOST;
      } else if (corrupt > 0) {
        return GapRecord.Outcome.CORRUPT;
      }
      return skipped > 0 ? GapRecord.Outcome.SKIPPED : GapRecord.Outcome.HEALED;
    }
  }

  void at(long newNowNanos) {
    nowNanos = newNowNanos;
  }

  void begun(long newEpoch) {
    epoch = newEpoch;
    cause = UNKNOWN;
  }

  /** What breaks the gap that is noticed next, if one is. */
  void blame(String why) {
    cause = why;
  }

  void opened(long from, long limit) {
    Gap last = open.peekLast();
    if (last != null && last.isOpen() && last.limit == from && last.epoch == epoch) {
      last.limit = limit;
      last.pending += limit - from;
      return;
    }
    if (open.size() == MAX_OPEN) {
      unused.addLast(open.removeFirst());
    }
    Gap gap = unused.isEmpty() ? new Gap() : unused.removeLast();
    gap.epoch = epoch;
    gap.from = from;
    gap.limit = limit;
    gap.openedNanos = nowNanos;
    gap.pending = limit - from;
    gap.healed = 0;
    gap.skipped = 0;
    gap.corrupt = 0;
    gap.lost = 0;
    gap.unrepairable = 0;
    gap.cause = cause;
    open.addLast(gap);
  }

  void settled(long from, long limit, NumberFates.Fate fate) {
    for (Gap gap : open) {
      if (gap.epoch == epoch && gap.holds(from)) {
        gap.count(fate, limit - from);
        if (!gap.isOpen()) {
          gap.settledNanos = nowNanos;
          moveSettled();
        }
        return;
      }
    }
  }

  private void moveSettled() {
    for (Gap first = open.peekFirst(); first != null && !first.isOpen(); first = open.peekFirst()) {
      open.removeFirst();
      if (first.wasAnnounced()) {
        unused.addLast(first);
        continue;
      }
      cause = UNKNOWN;
      settled.addLast(first);
      if (settled.size() > AccountLine.MAX_GAPS) {
        unused.addLast(settled.removeFirst());
      }
    }
  }

  /** The settled gaps, newest first. */
  List<GapRecord> records(Moment now) {
    if (settled.isEmpty()) {
      return List.of();
    }
    List<GapRecord> records = new ArrayList<>(settled.size());
    for (Iterator<Gap> newestFirst = settled.descendingIterator(); newestFirst.hasNext(); ) {
      records.add(record(newestFirst.next(), now));
    }
    return records;
  }

  private static GapRecord record(Gap gap, Moment now) {
    return new GapRecord(
        new StreamId(gap.epoch),
        gap.from,
        gap.limit - 1,
        gap.healed,
        now.microsOf(gap.openedNanos),
        now.microsOf(gap.settledNanos),
        gap.outcome(),
        gap.corrupt > 0 ? DAMAGED_CHUNK : gap.cause);
  }
}
