package io.imagebus.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * Skips that a display has still to be told of, neighbour to neighbour. Bound: {@link #MAX_RUNS};
 * beyond that neighbours are told as one, for the older one's reason. Owned by one seat.
 */
final class PendingSkips {

  static final int MAX_RUNS = 32;

  private final List<SkipRun> runs = new ArrayList<>(2);

  void add(SkipRun run) {
    int last = runs.size() - 1;
    if (last >= 0 && (runs.get(last).reason() == run.reason() || runs.size() == MAX_RUNS)) {
      runs.set(last, runs.get(last).with(run));
    } else {
      runs.add(run);
    }
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  List<SkipRun> runs() {
    return runs;
  }

  void clear() {
    runs.clear();
  }
}
