package io.imagebus.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Faults in an order, at hosts and with pauses that a seed decides. Each round has every row once;
 * those that end processes come first, in every second round last, so that processes live for long.
 * At any moment one thing is broken, and one node at least is healthy. One thread.
 *
 * <p>Slow displays come before whatever else lasts, at one node after the other: 20 more displays
 * are the most that a node has to carry here, and what it keeps for them it has from then on. So
 * every process that lives for long has its pools filled while it warms up.
 */
final class SoakSchedule {

  /**
   * One thing that breaks.
   *
   * @param faults in turn, each healed before the next
   * @param hold how long each lasts
   * @param pause after each is healed
   * @param midFrameAt the host whose cameras have just sent half a picture when it breaks; 0 for
   *     none
   */
  record Step(String row, List<Fault> faults, Duration hold, Duration pause, int midFrameAt) {

    Step(String row, Fault fault, int holdSeconds) {
      this(row, List.of(fault), Duration.ofSeconds(holdSeconds), Duration.ZERO, 0);
    }

    String what() {
      return faults.size() + " × " + faults.get(0).what() + ", " + hold.toSeconds() + " s";
    }
  }

  private static final List<String> ENDING = List.of("F1", "F2", "F14");

  private static final List<String> LASTING =
      List.of("F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F12");

  private static final String SLOW_DISPLAYS = "F11";

  private static final int SLOW_BYTES_PER_SECOND = 10_000;
  private static final int SLOW_MEGABITS = 20;
  private static final int MIN_CALM_SECONDS = 5;
  private static final int MAX_CALM_SECONDS = 15;

  private final FaultCluster cluster;
  private final int streams;
  private final List<String> wanted;
  private final SplittableRandom random;
  private final Deque<String> round = new ArrayDeque<>();
  private boolean endingFirst = true;

  SoakSchedule(FaultCluster cluster, SoakSettings settings) {
    this.cluster = cluster;
    this.streams = settings.streams();
    this.wanted = settings.rows();
    this.random = new SplittableRandom(settings.seed());
  }

  /** How long nothing is broken before the next step. */
  Duration calm() {
    return Duration.ofSeconds(random.nextInt(MIN_CALM_SECONDS, MAX_CALM_SECONDS + 1));
  }

  Step next() {
    if (round.isEmpty()) {
      round.add(SLOW_DISPLAYS);
      round.addAll(shuffled(LASTING));
      List<String> ending = shuffled(ENDING);
      ending.forEach(endingFirst ? round::addFirst : round::addLast);
      endingFirst = !endingFirst;
      round.removeIf(row -> !wanted.isEmpty() && !wanted.contains(row));
    }
    return step(round.removeFirst());
  }

  private List<String> shuffled(List<String> rows) {
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }

  private Step step(String row) {
    int host = 1 + random.nextInt(3);
    int other = 1 + (host + random.nextInt(2)) % 3;
    String topic = Load.topic(random.nextInt(streams));
    NetworkLab lab = cluster.lab();
    return switch (row) {
      case "F1" -> new Step(row, new NodeKilled(row, cluster, host), 5);
      case "F2" ->
          new Step(
              row,
              List.of(new NodeKilled(row, cluster, host)),
              Duration.ofSeconds(5),
              Duration.ZERO,
              host);
      case "F3" -> new Step(row, new NodeStopped(row, cluster, host), 5);
      case "F4", "F5" -> new Step(row, new NodeStopped(row, cluster, host), 25);
      case "F6" -> new Step(row, Partition.around(row, lab, host), 25);
      case "F7" -> new Step(row, Partition.oneWay(row, lab, host, other), 25);
      case "F8" -> new Step(row, Partition.between(row, lab, host, other), 25);
      case "F9" -> new Step(row, new SlowLink(row, lab, host, SLOW_MEGABITS), 25);
      case "F10" -> stalls(row, Partition.around(row, lab, host));
      case SLOW_DISPLAYS -> slowDisplays(row, host, topic);
      case "F12" -> new Step(row, new SlowDisplays(row, cluster, host, topic, 10, 0), 35);
      case "F14" -> rollingRestart(row, host);
      default -> throw new IllegalStateException(row);
    };
  }

  /** Too short for anybody to be given up: what is under way waits, and comes. */
  private static Step stalls(String row, Fault cut) {
    return new Step(row, List.of(cut, cut, cut), Duration.ofSeconds(4), Duration.ofSeconds(6), 0);
  }

  private Step slowDisplays(String row, int first, String topic) {
    return new Step(
        row,
        atEach(
            first, host -> new SlowDisplays(row, cluster, host, topic, 20, SLOW_BYTES_PER_SECOND)),
        Duration.ofSeconds(15),
        Duration.ofSeconds(2),
        0);
  }

  private Step rollingRestart(String row, int first) {
    return new Step(
        row,
        atEach(first, host -> new NodeRestarted(row, cluster, host)),
        Duration.ZERO,
        Duration.ofSeconds(2),
        0);
  }

  private static List<Fault> atEach(int first, IntFunction<Fault> fault) {
    List<Fault> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(fault.apply(1 + (first - 1 + i) % 3));
    }
    return all;
  }
}
