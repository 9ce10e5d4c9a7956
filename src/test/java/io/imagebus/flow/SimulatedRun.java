package io.imagebus.flow;

import java.util.ArrayList;
import java.util.List;

/** What happened on a {@link SimulatedLink}. */
final class SimulatedRun {

  private record Shown(int atMillis, int ageMillis) {}

  private final int stepMillis;
  private final List<Integer> rungs = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();
  private double deliveredBytes;
  private double carriableBytes;

  SimulatedRun(int stepMillis) {
    this.stepMillis = stepMillis;
  }

  void onRung(int rung) {
    rungs.add(rung);
  }

  void shown(long bytes, int atMillis, int ageMillis) {
    deliveredBytes += (double) bytes;
    shown.add(new Shown(atMillis, ageMillis));
  }

  void carriable(double bytes) {
    carriableBytes += bytes;
  }

  /** Changes of the rung between two seconds. */
  int changes(int fromSecond, int toSecond) {
    int changes = 0;
    for (int i = fromSecond * 1000 / stepMillis + 1; i < toSecond * 1000 / stepMillis; i++) {
      changes += rungs.get(i).equals(rungs.get(i - 1)) ? 0 : 1;
    }
    return changes;
  }

  /** Milliseconds from a moment until the rung is this one or a lower one for the first time. */
  int millisDownTo(int rung, int fromMillis) {
    return millisUntil(fromMillis, rung, Integer.MAX_VALUE);
  }

  /** The same for this one or a higher one. */
  int millisUpTo(int rung, int fromMillis) {
    return millisUntil(fromMillis, 0, rung);
  }

  private int millisUntil(int fromMillis, int atLeast, int atMost) {
    for (int i = fromMillis / stepMillis; i < rungs.size(); i++) {
      if (rungs.get(i) >= atLeast && rungs.get(i) <= atMost) {
        return i * stepMillis - fromMillis;
      }
    }
    return Integer.MAX_VALUE;
  }

  /** The rung at the end of a second. */
  int rungAt(int second) {
    return rungs.get(second * 1000 / stepMillis - 1);
  }

  /** The rung that was in use for longest between two seconds. */
  int usualRung(int fromSecond, int toSecond) {
    int[] times = new int[rungs.stream().mapToInt(Integer::intValue).max().orElse(0) + 1];
    int most = 0;
    for (int i = fromSecond * 1000 / stepMillis; i < toSecond * 1000 / stepMillis; i++) {
      int rung = rungs.get(i);
      times[rung]++;
      most = times[rung] > times[most] ? rung : most;
    }
    return most;
  }

  double framesPerSecond(int fromSecond, int toSecond) {
    return (double) ages(fromSecond, toSecond).size() / (toSecond - fromSecond);
  }

  /** What nineteen of twenty frames had at most when they were shown. */
  int ageMillisP95(int fromSecond, int toSecond) {
    List<Integer> ages = ages(fromSecond, toSecond);
    return ages.isEmpty() ? Integer.MAX_VALUE : ages.get(ages.size() * 95 / 100);
  }

  private List<Integer> ages(int fromSecond, int toSecond) {
    return shown.stream()
        .filter(each -> each.atMillis() >= fromSecond * 1000 && each.atMillis() < toSecond * 1000)
        .map(Shown::ageMillis)
        .sorted()
        .toList();
  }

  /** Bytes that came through, of those that the link could have carried and the camera sent. */
  double shareOfLink() {
    return deliveredBytes / carriableBytes;
  }
}
