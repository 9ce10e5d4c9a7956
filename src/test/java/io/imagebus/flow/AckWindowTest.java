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
