package io.imagebus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AckWindowTest {

  private final AckWindow window = new AckWindow(8, 1000);
  private long nowNanos = 1_000;

  private void pass(long millis) {
    nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void window_ofDisplayThatNeverAcknowledges_staysOpen() {
    for (int frame = 0; frame < 100; frame++) {
      window.sent(frame, nowNanos);
      assertThat(window.isOpen()).isTrue();
    }
    assertThat(window.unacknowledged()).isEqualTo(8);
  }

  @Test
  void window_onFastLink_holdsTheMaximum() {
    window.sent(0, nowNanos);
    pass(20);
    window.acknowledged(0, nowNanos);
    for (int frame = 1; frame <= 8; frame++) {
      assertThat(window.isOpen()).isTrue();
      window.sent(frame, nowNanos);
    }
    assertThat(window.isOpen()).isFalse();
  }

  @Test
  void window_onSlowLink_holdsOneFrame() {
    window.sent(0, nowNanos);
    pass(5_000);
    window.acknowledged(0, nowNanos);
    assertThat(window.isOpen()).isTrue();
    window.sent(1, nowNanos);
    assertThat(window.isOpen()).isFalse();
    pass(4_000);
    window.acknowledged(1, nowNanos);
    assertThat(window.isOpen()).isTrue();
  }

  @Test
  void window_atHalfTheTargetDelay_holdsTwoFrames() {
    window.sent(0, nowNanos);
    pass(500);
    window.acknowledged(0, nowNanos);
    assertThat(window.frames()).isEqualTo(2);
  }

  @Test
  void window_whenTheLinkRecovers_widensAgain() {
    window.sent(0, nowNanos);
    pass(5_000);
    window.acknowledged(0, nowNanos);
    for (int frame = 1; frame < 30; frame++) {
      window.sent(frame, nowNanos);
      pass(10);
      window.acknowledged(frame, nowNanos);
    }
    assertThat(window.frames()).isEqualTo(8);
  }

  @Test
  void acknowledgement_thatIsCoalesced_coversOlderFrames() {
    for (int frame = 0; frame < 5; frame++) {
      window.sent(frame, nowNanos);
    }
    assertThat(window.acknowledged(3, nowNanos)).isTrue();
    assertThat(window.unacknowledged()).isEqualTo(1);
  }

  @Test
  void acknowledgement_saidTwice_changesNothing() {
    window.sent(0, nowNanos);
    window.sent(1, nowNanos);
    pass(10);
    assertThat(window.acknowledged(0, nowNanos)).isTrue();
    int before = window.frames();
    pass(60_000);
    assertThat(window.acknowledged(0, nowNanos)).isTrue();
    assertThat(window.frames()).isEqualTo(before);
    assertThat(window.unacknowledged()).isEqualTo(1);
  }

  @Test
  void acknowledgement_ofFrameNeverSent_isRefused() {
    assertThat(window.acknowledged(0, nowNanos)).isFalse();
    window.sent(4, nowNanos);
    assertThat(window.acknowledged(5, nowNanos)).isFalse();
    assertThat(window.acknowledged(Long.MAX_VALUE, nowNanos)).isFalse();
    assertThat(window.unacknowledged()).isEqualTo(1);
  }

  @Test
  void clear_afterStreamChange_opensTheWindow() {
    window.sent(0, nowNanos);
    pass(5_000);
    window.acknowledged(0, nowNanos);
    window.sent(1, nowNanos);
    window.clear();
    assertThat(window.isOpen()).isTrue();
    assertThat(window.acknowledged(1, nowNanos)).isFalse();
  }

  @Test
  void turn_opensTheWindow_andWhatIsUnderWayIsDoneWithTheFirstFrameBehindIt() {
    window.sent(1, 700, nowNanos);
    window.acknowledged(1, nowNanos);
    window.sent(2, 300, nowNanos);
    pass(100);
    window.sent(3, 200, nowNanos);
    window.turn();
    assertThat(window.isOpen()).isTrue();
    window.sent(4, 40, nowNanos);
    assertThat(window.inFlightBytes()).isEqualTo(540);
    pass(150);
    assertThat(window.oldestNanos(nowNanos)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    assertThat(window.acknowledged(4, nowNanos)).isTrue();
    assertThat(window.doneBytes()).isEqualTo(40);
    assertThat(window.doneNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
    assertThat(window.doneLeftBytes()).isEqualTo(500);
    assertThat(window.doneLeftNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(250));
    assertThat(window.inFlightBytes()).isZero();
    window.sent(5, 40, nowNanos);
    window.acknowledged(5, nowNanos);
    assertThat(window.doneLeftBytes()).as("told once").isZero();
  }

  @Test
  void acknowledgement_ofAFrameOlderThanAllThatAreKept_pacesAllTheSame() {
    AckWindow window = new AckWindow(2, 1000);
    for (int frame = 0; frame < 10; frame++) {
      window.sent(frame, frame);
    }
    assertThat(window.isOpen()).as("it has acknowledged nothing yet").isTrue();
    assertThat(window.acknowledged(1, 100)).isTrue();
    assertThat(window.isOpen()).isFalse();
  }
}
