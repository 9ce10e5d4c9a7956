package io.imagebus.image.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityControlTest {
  private static final long FRAME_NANOS = 100_000_000;
  private static final int FRAMES = 1_000;

  @Test
  void fixed_whateverItComesTo_staysAndIsNeverRepeated() {
    QualityControl control = new QualityTarget.Fixed(80).control();
    ModelledEncoder encoder = new ModelledEncoder(1, 0.75, 0.5);
    for (int frame = 0; frame < 20; frame++) {
      assertThat(control.next(frame)).isEqualTo(new Fineness(1, 80));
      assertThat(encoder.frame(control, frame)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "20000, 0.6, 0.01",
    "20000, 0.9, 0.02",
    "40000, 0.75, 0.02",
    "80000, 0.75, 0.01",
    "80000, 1.1, 0.015",
    "120000, 0.75, 0.01",
  })
  void byteBudget_restlessFrames_fillsItAndIsNeverOver(int budget, double exponent, double noise) {
    ModelledEncoder encoder = new ModelledEncoder(7, exponent, noise);
    QualityControl control = new QualityTarget.FrameBytes(budget).control();
    int filled = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      encoder.frame(control, frame * FRAME_NANOS);
      assertThat(encoder.lastBytes).isLessThanOrEqualTo(budget);
      filled += encoder.lastBytes >= 0.85 * budget ? 1 : 0;
    }
    assertThat(filled).isGreaterThanOrEqualTo(FRAMES * 95 / 100);
    assertThat(encoder.encodes).isLessThanOrEqualTo(FRAMES * 110 / 100);
  }

  @Test
  void byteBudget_firstFrame_isWithinAFewEncodes() {
    for (int bytes = 5_000; bytes < 500_000; bytes *= 2) {
      ModelledEncoder encoder = new ModelledEncoder(3, 0.65, 0);
      encoder.bytesAtMiddle = bytes;
      QualityControl control = new QualityTarget.FrameBytes(40_000).control();
      assertThat(encoder.frame(control, 0)).isLessThanOrEqualTo(4);
      assertThat(encoder.lastBytes).isLessThanOrEqualTo(40_000);
    }
  }

  @ParameterizedTest
  @CsvSource({"3", "2", "0.5", "0.33"})
  void byteBudget_sceneCut_isWithinTheBudgetAtOnceAndFilledInFive(double factor) {
    ModelledEncoder encoder = new ModelledEncoder(5, 0.8, 0.01);
    QualityControl control = new QualityTarget.FrameBytes(40_000).control();
    for (int frame = 0; frame < 50; frame++) {
      encoder.frame(control, frame * FRAME_NANOS);
    }
    encoder.bytesAtMiddle *= factor;
    assertThat(encoder.frame(control, 50 * FRAME_NANOS)).isLessThanOrEqualTo(2);
    assertThat(encoder.lastBytes).isLessThanOrEqualTo(40_000);
    for (int frame = 51; frame < 55; frame++) {
      encoder.frame(control, frame * FRAME_NANOS);
    }
    assertThat(encoder.lastBytes).isBetween(34_000, 40_000);
  }

  @ParameterizedTest
  @CsvSource({"20000, 0.6", "20000, 0.9", "40000, 0.75", "5000, 0.75"})
  void byteBudget_tooSmallForTheSize_isFilledByASmallerPictureThatIsNotCoarse(
      int budget, double exponent) {
    ModelledEncoder encoder = new ModelledEncoder(19, exponent, 0.01);
    encoder.bytesAtMiddle = 400_000;
    QualityControl control = new QualityTarget.FrameBytes(budget).control();
    int filled = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      encoder.frame(control, frame * FRAME_NANOS);
      assertThat(encoder.lastBytes).isLessThanOrEqualTo(budget);
      assertThat(encoder.last.scale()).isLessThan(1);
      assertThat(encoder.last.quality()).isGreaterThanOrEqualTo(12);
      filled += encoder.lastBytes >= 0.85 * budget ? 1 : 0;
    }
    assertThat(filled).isGreaterThanOrEqualTo(FRAMES * 95 / 100);
    assertThat(encoder.encodes).isLessThanOrEqualTo(FRAMES * 110 / 100);
  }

  @Test
  void byteBudget_whenTheSceneIsEasyAgain_isFilledAtFullSizeInFive() {
    ModelledEncoder encoder = new ModelledEncoder(23, 0.75, 0.01);
    encoder.bytesAtMiddle = 400_000;
    QualityControl control = new QualityTarget.FrameBytes(20_000).control();
    for (int frame = 0; frame < 20; frame++) {
      encoder.frame(control, frame * FRAME_NANOS);
    }
    assertThat(encoder.last.scale()).isLessThan(0.5);
    encoder.bytesAtMiddle = 30_000;
    for (int frame = 20; frame < 25; frame++) {
      encoder.frame(control, frame * FRAME_NANOS);
    }
    assertThat(encoder.last.scale()).isEqualTo(1);
    assertThat(encoder.lastBytes).isBetween(17_000, 20_000);
  }

  @Test
  void byteBudget_sceneThatSlowlyFillsAndEmpties_changesTheSizeOnceEachWay() {
    ModelledEncoder encoder = new ModelledEncoder(29, 0.75, 0.03);
    QualityControl control = new QualityTarget.FrameBytes(40_000).control();
    int changes = 0;
    double scale = 1;
    for (int frame = 0; frame < 2 * FRAMES; frame++) {
      double fullness = 1 - Math.abs(frame - FRAMES) / (double) FRAMES;
      encoder.bytesAtMiddle = 40_000 * Math.pow(4, fullness);
      encoder.frame(control, frame * FRAME_NANOS);
      changes += encoder.last.scale() == scale ? 0 : 1;
      scale = encoder.last.scale();
    }
    assertThat(changes).isEqualTo(2);
    assertThat(scale).isEqualTo(1);
  }

  @Test
  void byteBudget_whereMostBlocksAreEmpty_isNotTriedAtALargerSizeAgainAndAgain() {
    ModelledEncoder encoder = new ModelledEncoder(31, 0.75, 0.01);
    encoder.emptyBytes = 33_000;
    QualityControl control = new QualityTarget.FrameBytes(40_000).control();
    for (int frame = 0; frame < FRAMES; frame++) {
      encoder.bytesAtMiddle = 100_000 * Math.pow(0.05, frame / (double) FRAMES);
      encoder.frame(control, frame * FRAME_NANOS);
      assertThat(encoder.lastBytes).isLessThanOrEqualTo(40_000);
    }
    assertThat(encoder.encodes).isLessThanOrEqualTo(FRAMES * 103 / 100);
  }

  @Test
  void byteBudget_thatNothingFitsInto_endsAtTheCoarsest() {
    QualityControl control = new QualityTarget.FrameBytes(10).control();
    ModelledEncoder encoder = new ModelledEncoder(1, 0.75, 0);
    assertThat(encoder.frame(control, 0)).isLessThanOrEqualTo(4);
    encoder.frame(control, FRAME_NANOS);
    assertThat(control.next(2 * FRAME_NANOS)).isEqualTo(new Fineness(1.0 / 16, 1));
  }

  @ParameterizedTest
  @CsvSource({"10", "25", "4", "1"})
  void bandwidth_atAnyRate_keepsEachSecondAndUsesIt(int framesPerSecond) {
    long bytesPerSecond = 400_000;
    QualityControl control = new QualityTarget.Bandwidth(8 * bytesPerSecond).control();
    ModelledEncoder encoder = new ModelledEncoder(11, 0.75, 0.02);
    Deque<Integer> second = new ArrayDeque<>();
    long used = 0;
    int frames = 40 * framesPerSecond;
    for (int frame = 0; frame < frames; frame++) {
      encoder.frame(control, frame * 1_000_000_000L / framesPerSecond);
      second.addLast(encoder.lastBytes);
      if (second.size() > framesPerSecond) {
        second.removeFirst();
      }
      long inSecond = second.stream().mapToLong(Integer::longValue).sum();
      if (frame >= frames / 2) {
        assertThat(inSecond).isLessThanOrEqualTo(bytesPerSecond);
        used += encoder.lastBytes;
      }
    }
    assertThat(used).isGreaterThan(20 * bytesPerSecond * 80 / 100);
  }

  @Test
  void similarity_afterASceneChange_isNearTheGoalInFiveFrames() {
    QualityControl control = new QualityTarget.Similarity(0.95).control();
    ModelledEncoder encoder = new ModelledEncoder(13, 0.75, 0.01);
    for (int frame = 0; frame < 30; frame++) {
      encoder.frame(control, frame);
    }
    assertThat(encoder.similarity(control.next(30).quality())).isBetween(0.935, 0.96);
    encoder.lossAtMiddle = 0.12;
    encoder.bytesAtMiddle *= 1.6;
    for (int frame = 30; frame < 35; frame++) {
      encoder.frame(control, frame);
    }
    assertThat(encoder.similarity(control.next(36).quality())).isBetween(0.935, 0.96);
  }

  @Test
  void similarity_inACalmScene_isMeasuredOfATenthOfTheFrames() {
    QualityControl control = new QualityTarget.Similarity(0.95).control();
    ModelledEncoder encoder = new ModelledEncoder(17, 0.75, 0.01);
    int measured = 0;
    for (int frame = 0; frame < 200; frame++) {
      control.next(frame);
      control.again(50_000);
      if (control.wantsSimilarity()) {
        measured++;
        control.similarity(0.95);
      }
    }
    assertThat(measured).isBetween(18, 22);
    assertThat(encoder.encodes).isZero();
  }

  @Test
  void scale_ofLibjpeg_goesBothWays() {
    assertThat(QualityScale.stepPercent(1)).isEqualTo(5_000);
    assertThat(QualityScale.stepPercent(50)).isEqualTo(100);
    assertThat(QualityScale.stepPercent(75)).isEqualTo(50);
    for (int quality = 1; quality <= 100; quality++) {
      double step = QualityScale.stepPercent(quality);
      assertThat(QualityScale.atLeast(step)).isEqualTo(quality);
      assertThat(QualityScale.nearest(step)).isEqualTo(quality);
      assertThat(QualityScale.atLeast(step * 1.0001))
          .isEqualTo(quality == 100 ? 99.25 : Math.max(1, quality - 0.25));
    }
  }

  @Test
  void targets_outOfRange_areRefused() {
    assertThatThrownBy(() -> new QualityTarget.Fixed(0)).hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> new QualityTarget.FrameBytes(0)).hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> new QualityTarget.Bandwidth(0)).hasMessageContaining("bits a second");
    assertThatThrownBy(() -> new QualityTarget.Similarity(1)).hasMessageContaining("below 1");
  }
}
