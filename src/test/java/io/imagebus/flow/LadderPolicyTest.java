package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The policy on simulated links: ten frames a second of a 1080p camera, a display that
 * acknowledges, what the kernel buffers, two minutes each.
 */
class LadderPolicyTest {

  private static final double[] WIDTHS = {1920, 1280, 960, 640, 320, 160};
  private static final long[] FRAME_BYTES = {250_000, 120_000, 75_000, 38_000, 12_000, 4_000};
  private static final long MILLI = 1_000_000;
  private static final int SECONDS = 120;
  private static final int STEP_MILLIS = 5;
  private static final int FRAME_MILLIS = 100;
  private static final long UNSENT_BYTES = 128 * 1024;

  /** What happened on one link. */
  private static final class Run {
    private final List<Integer> rungs = new ArrayList<>();
    private final List<Integer> shownAges = new ArrayList<>();
    private final List<Integer> shownAt = new ArrayList<>();
    private long deliveredBytes;
    private double carriableBytes;

    /** Changes of the rung between two seconds. */
    int switches(int fromSecond, int toSecond) {
      int switches = 0;
      for (int i = fromSecond * 1000 / STEP_MILLIS + 1; i < toSecond * 1000 / STEP_MILLIS; i++) {
        switches += rungs.get(i).equals(rungs.get(i - 1)) ? 0 : 1;
      }
      return switches;
    }

    /** Milliseconds from a second until the rung is on one side of a bound for the first time. */
    int millisUntil(int fromSecond, boolean isAtLeast, int rung) {
      for (int i = fromSecond * 1000 / STEP_MILLIS; i < rungs.size(); i++) {
        if (isAtLeast ? rungs.get(i) >= rung : rungs.get(i) <= rung) {
          return i * STEP_MILLIS - fromSecond * 1000;
        }
      }
      return Integer.MAX_VALUE;
    }

    int rungAt(int second) {
      return rungs.get(second * 1000 / STEP_MILLIS - 1);
    }

    double framesPerSecond(int fromSecond, int toSecond) {
      long shown =
          shownAt.stream().filter(at -> at >= fromSecond * 1000 && at < toSecond * 1000).count();
      return (double) shown / (toSecond - fromSecond);
    }

    int ageP95(int fromSecond, int toSecond) {
      List<Integer> ages = new ArrayList<>();
      for (int i = 0; i < shownAt.size(); i++) {
        if (shownAt.get(i) >= fromSecond * 1000 && shownAt.get(i) < toSecond * 1000) {
          ages.add(shownAges.get(i));
        }
      }
      Collections.sort(ages);
      return ages.isEmpty() ? Integer.MAX_VALUE : ages.get(ages.size() * 95 / 100);
    }

    double shareOfLink() {
      return deliveredBytes / carriableBytes;
    }
  }

  private record Frame(long number, long bytes, int bornMillis, int begunMillis) {}

  private record Ack(Frame frame, int atMillis) {}

  /** A first-in first-out link of a rate that changes, and a round trip that does not. */
  private static Run run(LongToDoubleFunction megabitsAt, int roundTripMillis) {
    double[] costs = new double[WIDTHS.length];
    for (int i = 0; i < costs.length; i++) {
      costs[i] = WIDTHS[i] * WIDTHS[i];
    }
    LadderPolicy policy = new LadderPolicy(costs);
    AckWindow window = new AckWindow(8, 1000);
    SplittableRandom random = new SplittableRandom(11);
    Run run = new Run();
    ArrayDeque<Frame> onTheWay = new ArrayDeque<>();
    ArrayDeque<Frame> unacknowledged = new ArrayDeque<>();
    ArrayDeque<Ack> acks = new ArrayDeque<>();
    LatestFrameSlot<Frame> slot = new LatestFrameSlot<>();
    double sentOfFirst = 0;
    long queued = 0;
    long number = 0;
    for (int millis = 0; millis < SECONDS * 1000; millis += STEP_MILLIS) {
      long now = millis * MILLI;
      double room = megabitsAt.applyAsDouble(millis / 1000) * 1e6 / 8 * STEP_MILLIS / 1000;
      run.carriableBytes += Math.min(room, FRAME_BYTES[0] * (double) STEP_MILLIS / FRAME_MILLIS);
      while (room > 0 && !onTheWay.isEmpty()) {
        Frame first = onTheWay.getFirst();
        double part = Math.min(room, first.bytes() - sentOfFirst);
        room -= part;
        sentOfFirst += part;
        if (sentOfFirst >= first.bytes()) {
          onTheWay.removeFirst();
          sentOfFirst = 0;
          queued -= first.bytes();
          run.deliveredBytes += first.bytes();
          run.shownAt.add(millis + roundTripMillis / 2);
          run.shownAges.add(millis + roundTripMillis / 2 - first.bornMillis());
          acks.addLast(new Ack(first, millis + roundTripMillis));
        }
      }
      while (!acks.isEmpty() && acks.getFirst().atMillis() <= millis) {
        Frame done = acks.removeFirst().frame();
        unacknowledged.remove(done);
        window.acknowledged(done.number(), now);
        policy.acknowledged(done.bytes(), (millis - done.begunMillis()) * MILLI, now);
      }
      if (millis % FRAME_MILLIS == 0) {
        double jitter = 0.85 + 0.3 * random.nextDouble();
        long bytes = (long) (FRAME_BYTES[policy.steps()] * jitter);
        if (slot.offer(new Frame(number++, bytes, millis, millis)) != null) {
          policy.skipped();
        }
      }
      Frame waiting = slot.peek();
      if (waiting != null && window.isOpen() && queued - sentOfFirst < UNSENT_BYTES) {
        slot.take();
        Frame begun = new Frame(waiting.number(), waiting.bytes(), waiting.bornMillis(), millis);
        window.sent(begun.number(), now);
        policy.sent(begun.bytes(), now);
        onTheWay.addLast(begun);
        unacknowledged.addLast(begun);
        queued += begun.bytes();
      }
      long oldest =
          unacknowledged.isEmpty() ? 0 : (millis - unacknowledged.getFirst().begunMillis()) * MILLI;
      policy.look(unacknowledged.stream().mapToLong(Frame::bytes).sum(), oldest, now);
      run.rungs.add(policy.steps());
    }
    return run;
  }

  private static void print(String link, int roundTripMillis, Run run, int from) {
    System.out.printf(
        "%-18s rtt %3d ms | rung %4.0f | %2d switches in the last minute | %4.1f frames/s"
            + " | age p95 %5d ms | %3.0f %% of the link%n",
        link,
        roundTripMillis,
        WIDTHS[run.rungAt(SECONDS)],
        run.switches(60, SECONDS),
        run.framesPerSecond(from, SECONDS),
        run.ageP95(from, SECONDS),
        100 * run.shareOfLink());
  }

  @Test
  void steadyLinks_getTheLargestPictureThatTheyCarry_withAllItsFrames() {
    for (int roundTripMillis : new int[] {10, 200}) {
      assertSteady(0.2, roundTripMillis, 5, 3, 2_500);
      assertSteady(1, roundTripMillis, 5, 8.5, 1_000);
      assertSteady(5, roundTripMillis, 3, 9, 1_000);
      assertSteady(50, roundTripMillis, 0, 9.9, 500);
    }
  }

  private static void assertSteady(
      double megabits, int roundTripMillis, int rung, double framesPerSecond, int ageMillis) {
    Run run = run(second -> megabits, roundTripMillis);
    print(megabits + " Mbit/s", roundTripMillis, run, 30);
    assertThat(run.rungAt(SECONDS)).as("%s Mbit/s", megabits).isBetween(rung - 1, rung);
    assertThat(run.switches(60, SECONDS)).as("%s Mbit/s", megabits).isLessThanOrEqualTo(8);
    assertThat(run.framesPerSecond(30, SECONDS))
        .as("%s Mbit/s", megabits)
        .isGreaterThanOrEqualTo(framesPerSecond);
    assertThat(run.ageP95(30, SECONDS)).as("%s Mbit/s", megabits).isLessThan(ageMillis);
  }

  @Test
  void stepDownAndUp_isFollowedWithinSeconds() {
    for (int roundTripMillis : new int[] {10, 200}) {
      Run run = run(second -> second >= 30 && second < 70 ? 2 : 50, roundTripMillis);
      int down = run.millisUntil(30, true, 1);
      int up = run.millisUntil(70, false, 0);
      print("50, 2, 50 Mbit/s", roundTripMillis, run, 35);
      System.out.printf("%32s down after %d ms, back after %d ms%n", "", down, up);
      assertThat(run.rungAt(30)).isZero();
      assertThat(down).isLessThan(1_500);
      // Small pictures on a long way come no quicker when the link is better: only tries tell.
      assertThat(up).isLessThan(roundTripMillis < 100 ? 10_000 : 60_000);
      assertThat(run.framesPerSecond(36, 70)).isGreaterThanOrEqualTo(8);
      assertThat(run.ageP95(36, 70)).isLessThan(1_000);
      assertThat(run.rungAt(SECONDS)).isZero();
    }
  }

  @Test
  void sawtooth_isFollowedWithoutStandingStill() {
    for (int roundTripMillis : new int[] {10, 200}) {
      Run run = run(second -> 1 + 19.0 * (second % 30) / 30, roundTripMillis);
      print("sawtooth 1 to 20", roundTripMillis, run, 30);
      assertThat(run.framesPerSecond(30, SECONDS)).isGreaterThanOrEqualTo(8);
      assertThat(run.shareOfLink()).isGreaterThan(0.2);
      assertThat(run.switches(30, SECONDS)).isLessThan(60);
    }
  }
}
