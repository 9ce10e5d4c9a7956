package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.GapRequests.Due;
import io.imagebus.wire.NumberRange;
import io.imagebus.wire.NumberRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapRequestsTest {

  private static final long MILLI = 1_000_000;
  private final GapRequests requests = new GapRequests(new SplittableRandom(11));

  @Test
  void due_gapJustFound_isAskedForOnceAfterTheFirstDelay() {
    requests.opened(new NumberRange(5, 7), 0);
    assertThat(requests.due(n -> true, GapRequests.FIRST_DELAY_NANOS - 1).ask()).isEmpty();
    assertThat(requests.due(n -> true, 2 * GapRequests.FIRST_DELAY_NANOS).ask())
        .containsExactly(new NumberRange(5, 7));
    assertThat(requests.due(n -> true, 2 * GapRequests.FIRST_DELAY_NANOS + MILLI).ask()).isEmpty();
  }

  @Test
  void due_numbersThatCameMeanwhile_areNotAskedFor() {
    requests.opened(new NumberRange(5, 9), 0);
    assertThat(requests.due(n -> n != 6 && n != 9, 100 * MILLI).ask())
        .containsExactly(new NumberRange(5, 5), new NumberRange(7, 8));
    assertThat(requests.due(n -> false, 1_000 * MILLI)).isEqualTo(new Due(List.of(), List.of()));
    assertThat(requests.isEmpty()).isTrue();
  }

  @Test
  void due_neverAnswered_backsOffWithinTheJitterAndGivesUp() {
    for (int seed = 0; seed < 200; seed++) {
      GapRequests some = new GapRequests(new SplittableRandom(seed));
      some.opened(new NumberRange(1, 1), 0);
      List<Long> asked = new ArrayList<>();
      long now = 0;
      Due due;
      do {
        now += MILLI / 4;
        due = some.due(n -> true, now);
        if (!due.ask().isEmpty()) {
          asked.add(now);
        }
      } while (due.giveUp().isEmpty());
      asked.add(now);
      assertThat(due.giveUp()).containsExactly(new NumberRange(1, 1));
      assertThat(asked).as("seed %d", seed).hasSize(GapRequests.TRIES + 1);
      assertThat(asked.get(0)).isBetween(20 * MILLI, 40 * MILLI + MILLI);
      for (int i = 1; i < asked.size(); i++) {
        long mean = GapRequests.RETRY_NANOS << (i - 1);
        assertThat(asked.get(i) - asked.get(i - 1))
            .as("seed %d, wait %d", seed, i)
            .isBetween(mean * 3 / 4, mean * 5 / 4 + MILLI);
      }
    }
  }

  @Test
  void due_twoReceivers_doNotAskAtTheSameInstant() {
    List<Long> firsts = new ArrayList<>();
    for (int seed = 0; seed < 8; seed++) {
      GapRequests some = new GapRequests(new SplittableRandom(seed));
      some.opened(new NumberRange(1, 1), 0);
      long now = 0;
      while (some.due(n -> true, now).ask().isEmpty()) {
        now += MILLI;
      }
      firsts.add(now);
    }
    assertThat(firsts).doesNotHaveDuplicates().hasSize(8);
  }

  @Test
  void due_moreGapsThanAMessageHolds_areAskedForInTheNext() {
    for (int i = 0; i < NumberRanges.MAX + 10; i++) {
      requests.opened(new NumberRange(2L * i, 2L * i), 0);
    }
    assertThat(requests.due(n -> true, 50 * MILLI).ask()).hasSize(NumberRanges.MAX);
    assertThat(requests.due(n -> true, 50 * MILLI).ask()).hasSize(10);
  }

  @Test
  void due_moreGapsThanABoundedListHolds_givesUpTheOldest() {
    for (int i = 0; i < 1_030; i++) {
      requests.opened(new NumberRange(2L * i, 2L * i), 0);
    }
    assertThat(requests.due(n -> true, 0).giveUp())
        .hasSize(6)
        .startsWith(new NumberRange(0, 0))
        .endsWith(new NumberRange(10, 10));
  }
}
