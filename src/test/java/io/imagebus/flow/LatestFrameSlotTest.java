package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestFrameSlotTest {

  private final LatestFrameSlot<String> slot = new LatestFrameSlot<>();

  @Test
  void offer_toEmptySlot_displacesNothing() {
    assertThat(slot.offer("a")).isNull();
    assertThat(slot.peek()).isEqualTo("a");
  }

  @Test
  void offer_toFullSlot_displacesTheOlder() {
    slot.offer("a");
    assertThat(slot.offer("b")).isEqualTo("a");
    assertThat(slot.take()).isEqualTo("b");
  }

  @Test
  void take_emptiesTheSlot() {
    slot.offer("a");
    assertThat(slot.take()).isEqualTo("a");
    assertThat(slot.take()).isNull();
    assertThat(slot.peek()).isNull();
  }
}
