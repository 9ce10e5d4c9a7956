package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The policy on simulated links; each prints its row of the table. */
class LadderPolicyTest {

  private static final int[] ROUND_TRIPS_MILLIS = {10, 200};
  private static final int LAST = SimulatedLink.SECONDS;

  private static void print(String link, int roundTripMillis, SimulatedRun run) {
    System.out.printf(
        Locale.ROOT,
        "%-16s rtt %3d ms | width %4d | %2d changes a minute | %4.1f frames/s | age p95 %4d ms"
            + " | %3.0f %% of the link%n",
        link,
        roundTripMillis,
        SimulatedLink.width(run.usualRung(60, LAST)),
        run.changes(60, LAST),
        run.framesPerSecond(30, LAST),
        run.ageMillisP95(30, LAST),
        100 * run.shareOfLink());
  }

  @Test
  void steadyLinks_getTheLargestPictureThatTheyCarry_withAllItsFrames() {
    for (int roundTripMillis : ROUND_TRIPS_MILLIS) {
      assertSteady(0.2, roundTripMillis, 5, 700);
      assertSteady(1, roundTripMillis, 9, 400);
      assertSteady(5, roundTripMillis, 9.5, 400);
      assertSteady(50, roundTripMillis, 9.9, 300);
    }
  }

  private static void assertSteady(
      double megabits, int roundTripMillis, double framesPerSecond, int ageMillis) {
    SimulatedRun run = SimulatedLink.run(millis -> megabits, roundTripMillis);
    print(megabits + " Mbit/s", roundTripMillis, run);
    assertThat(run.usualRung(60, LAST))
        .as("%s Mbit/s", megabits)
        .isBetween(largestThatFits(megabits, 1), largestThatFits(megabits, 0.85));
    assertThat(run.changes(60, LAST)).as("%s Mbit/s", megabits).isLessThanOrEqualTo(6);
    assertThat(run.framesPerSecond(30, LAST))
        .as("%s Mbit/s", megabits)
        .isGreaterThanOrEqualTo(framesPerSecond);
    assertThat(run.ageMillisP95(30, LAST)).as("%s Mbit/s", megabits).isLessThan(ageMillis);
    assertThat(run.shareOfLink()).as("%s Mbit/s", megabits).isGreaterThan(0.6);
  }

  /** The first rung that takes at most a share of the link; the last if none does. */
  private static int largestThatFits(double megabits, double share) {
    int rung = 0;
    while (rung < 5 && SimulatedLink.bytesPerSecond(rung) * 8 > share * megabits * 1e6) {
      rung++;
    }
    return rung;
  }

  @Test
  void stepDownAndUp_isFollowedWithinSeconds_whateverTheMoment() {
    for (int roundTripMillis : ROUND_TRIPS_MILLIS) {
      int slowestDown = 0;
      int slowestUp = 0;
      for (int down = 25_000; down < 30_000; down += 1_300) {
        for (int up = 60_000; up < 80_000; up += 1_700) {
          SimulatedRun run = step(down, up, 50, roundTripMillis);
          slowestDown = Math.max(slowestDown, run.millisDownTo(1, down));
          slowestUp = Math.max(slowestUp, run.millisUpTo(0, up));
          assertThat(run.framesPerSecond(36, 60)).isGreaterThanOrEqualTo(8);
          assertThat(run.ageMillisP95(36, 60)).isLessThan(1_000);
          assertThat(run.changes(100, LAST)).isZero();
        }
      }
      print("50, 2, 50 Mbit/s", roundTripMillis, step(30_000, 70_000, 50, roundTripMillis));
      System.out.printf("  down after %d ms at most, back after %d ms%n", slowestDown, slowestUp);
      assertThat(slowestDown).isLessThan(1_000);
      assertThat(slowestUp).isLessThan(10_000);
    }
  }

  private static SimulatedRun step(int down, int up, double megabits, int roundTripMillis) {
    return SimulatedLink.run(
        millis -> millis >= down && millis < up ? 2 : megabits, roundTripMillis);
  }

  @Test
  void stepUp_toALinkThatDoesNotCarryTheLargest_endsOnTheNextRung() {
    for (int roundTripMillis : ROUND_TRIPS_MILLIS) {
      int slowestUp = 0;
      for (int up = 60_000; up < 80_000; up += 1_700) {
        SimulatedRun run = step(30_000, up, 20, roundTripMillis);
        slowestUp = Math.max(slowestUp, run.millisUpTo(1, up));
        assertThat(run.framesPerSecond(90, LAST)).isGreaterThanOrEqualTo(9);
      }
      print("20, 2, 20 Mbit/s", roundTripMillis, step(30_000, 70_000, 20, roundTripMillis));
      System.out.printf("  back after %d ms at most%n", slowestUp);
      assertThat(slowestUp).isLessThan(10_000);
    }
  }

  @Test
  void sawtooth_isFollowedWithoutStandingStill() {
    for (int roundTripMillis : ROUND_TRIPS_MILLIS) {
      SimulatedRun run =
          SimulatedLink.run(millis -> 1 + 19.0 * (millis % 30_000) / 30_000, roundTripMillis);
      print("1 up to 20", roundTripMillis, run);
      assertThat(run.framesPerSecond(30, LAST)).isGreaterThanOrEqualTo(8.5);
      assertThat(run.ageMillisP95(30, LAST)).isLessThan(500);
      assertThat(run.shareOfLink()).isGreaterThan(0.45);
      assertThat(run.changes(60, LAST)).isLessThanOrEqualTo(20);
    }
  }
}
