package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

  private static final long SECOND = 1_000_000_000L;
  private final ByteBudget budget = new ByteBudget(1_000);

  @Test
  void allows_asMuchAsASecondHolds_andNoMore() {
    assertThat(budget.allows(1_000, 5)).isTrue();
    assertThat(budget.allows(1_001, 5)).isFalse();
    budget.spend(900);
    assertThat(budget.allows(101, 5)).isFalse();
    assertThat(budget.allows(100, 5)).isTrue();
  }

  @Test
  void allows_afterAWhile_whatGrewBackAndNeverMoreThanASecondsWorth() {
    assertThat(budget.allows(1_000, 0)).isTrue();
    budget.spend(1_000);
    assertThat(budget.allows(499, SECOND / 2)).isTrue();
    assertThat(budget.allows(501, SECOND / 2)).isFalse();
    assertThat(budget.allows(1_000, 60 * SECOND)).isTrue();
    assertThat(budget.allows(1_001, 60 * SECOND)).isFalse();
  }
}
