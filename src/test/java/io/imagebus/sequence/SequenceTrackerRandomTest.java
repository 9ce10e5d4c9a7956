package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The tracker against an oracle that knows what was really skipped, dropped and damaged. */
class SequenceTrackerRandomTest {

  private static final int SEEDS = 3_000;

  @Test
  void tracker_inRandomTraffic_countsWhatTheOracleKnows() {
    long firstSeed = Long.getLong("imagebus.sequence.seed", new Random().nextLong());
    for (int i = 0; i < SEEDS; i++) {
      new Run(firstSeed + i).play();
    }
  }

  @Test
  void tracker_inTheSameTraffic_countsTheSameOnEveryBuild() {
    for (long seed = 0; seed < 500; seed++) {
      new Run(seed).play();
    }
  }

  /** One seed's traffic and its tracker. */
  private static final class Run {

    private final String name;
    private final RandomTraffic traffic;
    private final SequenceOracle oracle;
    private final SequenceTracker tracker;
    private SequenceCounts before = SequenceCounts.ZERO;

    Run(long seed) {
      Random random = new Random(~seed);
      SequenceLimits limits =
          new SequenceLimits(
              new int[] {1, 4, 16, 64}[random.nextInt(4)],
              TimeUnit.MILLISECONDS.toNanos(100),
              random.nextBoolean() ? 64 : 256,
              1_000,
              TimeUnit.SECONDS.toNanos(3),
              8);
      name = "-Dimagebus.sequence.seed=" + seed;
      traffic = new RandomTraffic(seed);
      oracle = new SequenceOracle(limits, traffic);
      tracker = new SequenceTracker(limits);
    }

    void play() {
      for (int i = 0; i < traffic.events().size(); i++) {
        feed(i, traffic.events().get(i));
        assertMonotone();
      }
      tracker.close(Long.MAX_VALUE / 2);
      assertMonotone();
      assertCounts();
      assertThat(tracker.state()).as(name).isEqualTo(StreamState.CLOSED);
    }

    private void feed(int index, TrafficEvent event) {
      long now = event.atNanos();
      long epoch = 7L * event.stream() - 7;
      long number = traffic.base(event.stream()) + event.ordinal();
      long skips = event.skippedTotal();
      switch (event.kind()) {
        case ANNOUNCE -> tracker.announce(epoch, number, skips, now);
        case HEARTBEAT -> tracker.onHeartbeat(epoch, number, skips, false, now);
        case END -> tracker.onHeartbeat(epoch, number, skips, true, now);
        case UNATTRIBUTABLE -> tracker.onUnattributable(now);
        case TICK -> tracker.tick(now);
        case DAMAGED -> {
          if (event.told()) {
            tracker.onCorrupt(epoch, number, skips, now);
          } else {
            tracker.onCorrupt(epoch, number, now);
          }
        }
        case GOOD -> {
          Verdict verdict =
              event.told()
                  ? tracker.onChunk(epoch, number, skips, now)
                  : tracker.onChunk(epoch, number, now);
          assertThat(verdict).as("%s, event %d", name, index).isEqualTo(oracle.verdict(index));
        }
      }
    }

    private void assertMonotone() {
      SequenceCounts now = tracker.counts();
      if (!now.holdsIdentity() || now.pending() < 0) {
        throw new AssertionError(name + ": identity broken by " + now);
      }
      assertThat(now.minus(before).holdsIdentity()).as(name).isTrue();
      before = now;
    }

    private void assertCounts() {
      Map<String, Long> actual = CountsByName.of(tracker.counts());
      Map<String, Long> expected = oracle.counts();
      if (!traffic.allTold()) {
        // A skip that is told only after its number was given up has been called lost, for good.
        assertThat(actual.get("skipped")).as(name).isLessThanOrEqualTo(expected.get("skipped"));
        long failed = expected.get("lost") + expected.get("skipped");
        assertThat(actual.get("lost") + actual.get("skipped")).as(name).isEqualTo(failed);
        expected.put("lost", actual.get("lost"));
        expected.put("skipped", actual.get("skipped"));
      }
      assertThat(actual).as(name).isEqualTo(expected);
    }
  }
}
