package io.imagebus.report;

import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.ReliabilityWindows;
import io.imagebus.sequence.SequenceCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the account as all keepers of it tell it, and its total, which never falls: what a
 * keeper has counted and no longer tells stays in it. Owned by one event loop.
 */
final class KeptLine {

  private final Map<String, AccountLine> byKeeper = new LinkedHashMap<>();
  private final Optional<ReliabilityWindows> windows;
  private Totals retired = Totals.ZERO;

  /**
   * A line that no keeper tells yet.
   *
   * @param hasWindows whether it is remembered what was counted when
   */
  KeptLine(boolean hasWindows, long nowNanos) {
    windows =
        hasWindows
            ? Optional.of(new ReliabilityWindows(SequenceCounts.ZERO, FrameCounts.ZERO, nowNanos))
            : Optional.empty();
  }

  /** A keeper's newest word. One that counts from 0 again adds to what it counted before. */
  void put(String keeper, AccountLine line, long nowNanos) {
    AccountLine before = byKeeper.put(keeper, line);
    if (before != null && !Totals.of(line).mayFollow(Totals.of(before))) {
      retired = retired.plus(Totals.of(before));
    }
    windows.ifPresent(
        all -> {
          Totals total = total();
          all.record(total.counts(), total.frames(), nowNanos);
        });
  }

  /** The keeper tells the line no longer. */
  void remove(String keeper) {
    AccountLine before = byKeeper.remove(keeper);
    if (before != null) {
      retired = retired.plus(Totals.of(before));
    }
  }

  /** The line as it is now; empty when no keeper tells it any more. */
  Optional<AccountLine> merged() {
    return byKeeper.values().stream().reduce(AccountLine::plus);
  }

  /** Everything that was ever counted on it. */
  Totals total() {
    Totals total = retired;
    for (AccountLine line : byKeeper.values()) {
      total = total.plus(Totals.of(line));
    }
    return total;
  }

  /** What was counted when; empty for a line of one display. */
  Optional<ReliabilityWindows> windows() {
    return windows;
  }
}
