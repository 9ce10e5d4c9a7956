package io.imagebus.sequence;

import io.imagebus.sequence.TrafficEvent.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What must have been counted, found by looking at the whole of a random run at once.
 *
 * <p>It knows which numbers were skipped, counts in ordinals instead of sequence numbers, keeps no
 * state from event to event, and asks of every chunk anew what had happened before it.
 */
final class SequenceOracle {

  private final SequenceLimits limits;
  private final RandomTraffic traffic;
  private final List<TrafficEvent> all;
  private final Map<String, Long> counts = new TreeMap<>(CountsByName.of(SequenceCounts.ZERO));
  private final List<Verdict> verdicts = new ArrayList<>();

  SequenceOracle(SequenceLimits limits, RandomTraffic traffic) {
    this.limits = limits;
    this.traffic = traffic;
    this.all = traffic.events();
    all.forEach(event -> verdicts.add(Verdict.STALE));
    judgePeriods();
  }

  /** By name, after everything has been settled. */
  Map<String, Long> counts() {
    return counts;
  }

  /** What the event of this index must be found to be, if it is a chunk. */
  Verdict verdict(int index) {
    return verdicts.get(index);
  }

  /** Splits the run into the periods in which one stream is followed. */
  private void judgePeriods() {
    Set<Integer> retired = new HashSet<>();
    List<Integer> period = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      TrafficEvent event = all.get(i);
      if (event.kind() == Kind.TICK) {
        continue;
      }
      if (event.kind() == Kind.UNATTRIBUTABLE) {
        count("unattributable");
      } else if (retired.contains(event.stream())) {
        count("stale");
      } else {
        if (!period.isEmpty() && all.get(period.get(0)).stream() != event.stream()) {
          retired.add(all.get(period.get(0)).stream());
          judgePeriod(period, true);
          period = new ArrayList<>();
        }
        period.add(i);
      }
    }
    judgePeriod(period, false);
  }

  private void judgePeriod(List<Integer> period, boolean replaced) {
    if (period.isEmpty()) {
      return;
    }
    TrafficEvent first = all.get(period.get(0));
    boolean announced = first.kind() == Kind.ANNOUNCE;
    long base = counts.get("epochs") == 0 || announced ? first.ordinal() : 0;
    count("epochs");
    period.forEach(i -> judgeChunk(period, i, base));
    long top = topBefore(period, Integer.MAX_VALUE, base);
    for (long ordinal = base; ordinal < top; ordinal++) {
      count("expected");
      judgeNumber(period, ordinal);
    }
    boolean ended = period.stream().anyMatch(i -> isValidEnd(period, i, base));
    if (replaced && !ended) {
      count("unknownTails");
    }
  }

  private void judgeChunk(List<Integer> period, int index, long base) {
    TrafficEvent event = all.get(index);
    if (!event.isChunk()) {
      return;
    }
    Verdict verdict = verdictOf(period, index, base);
    verdicts.set(index, verdict);
    switch (verdict) {
      case PRE_BASE -> count("preBase");
      case TOO_OLD -> count("tooOld");
      case LATE -> count("late");
      case DUPLICATE -> count("duplicate");
      case REPAIRED -> {
        if (event.kind() == Kind.GOOD) {
          count("reordered");
        }
      }
      default -> {}
    }
  }

  private Verdict verdictOf(List<Integer> period, int index, long base) {
    TrafficEvent event = all.get(index);
    long top = topBefore(period, index, base);
    if (event.ordinal() < base) {
      return Verdict.PRE_BASE;
    }
    if (event.ordinal() >= top) {
      return Verdict.FRESH;
    }
    if (top - event.ordinal() > limits.history()) {
      return Verdict.TOO_OLD;
    }
    if (cameBefore(period, index, Kind.GOOD)) {
      return Verdict.DUPLICATE;
    }
    if (isSettledBefore(period, index, base)) {
      return Verdict.LATE;
    }
    return event.kind() == Kind.DAMAGED && cameBefore(period, index, Kind.DAMAGED)
        ? Verdict.DUPLICATE
        : Verdict.REPAIRED;
  }

  private boolean cameBefore(List<Integer> period, int index, Kind kind) {
    long ordinal = all.get(index).ordinal();
    return period.stream()
        .filter(i -> i < index)
        .map(all::get)
        .anyMatch(event -> event.kind() == kind && event.ordinal() == ordinal);
  }

  private boolean isSettledBefore(List<Integer> period, int index, long base) {
    long ordinal = all.get(index).ordinal();
    boolean open = false;
    long openedNanos = 0;
    for (int i : period) {
      TrafficEvent event = all.get(i);
      if (i >= index) {
        break;
      }
      if (!open && event.top() > ordinal) {
        open = true;
        openedNanos = event.atNanos();
      }
      boolean ended = isValidEnd(period, i, base) && event.top() > ordinal;
      if (ended || event.top() - 1 - ordinal >= limits.reorderWindow()) {
        return true;
      }
    }
    return open && all.get(index).atNanos() - openedNanos >= limits.settleNanos();
  }

  private boolean isValidEnd(List<Integer> period, int index, long base) {
    TrafficEvent event = all.get(index);
    return event.kind() == Kind.END && event.ordinal() >= topBefore(period, index, base);
  }

  private long topBefore(List<Integer> period, int index, long base) {
    return period.stream()
        .filter(i -> i < index)
        .mapToLong(i -> all.get(i).top())
        .reduce(base, Math::max);
  }

  private void judgeNumber(List<Integer> period, long ordinal) {
    boolean good = false;
    boolean damaged = false;
    for (int i : period) {
      TrafficEvent event = all.get(i);
      Verdict verdict = verdicts.get(i);
      if (event.isChunk()
          && event.ordinal() == ordinal
          && (verdict == Verdict.FRESH || verdict == Verdict.REPAIRED)) {
        good |= event.kind() == Kind.GOOD;
        damaged |= event.kind() == Kind.DAMAGED;
      }
    }
    boolean skipped = traffic.isSkipped(all.get(period.get(0)).stream(), ordinal);
    count(good ? "received" : damaged ? "corrupt" : skipped ? "skipped" : "lost");
  }

  private void count(String counter) {
    counts.merge(counter, 1L, Long::sum);
  }
}
