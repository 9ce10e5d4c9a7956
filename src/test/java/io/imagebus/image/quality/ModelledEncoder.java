package io.imagebus.image.quality;

import java.util.Optional;
import java.util.Random;

/**
 * Sizes and similarities as an encoder's would be: falling with the step, restless, with scenes.
 */
final class ModelledEncoder {
  /** What half the pixels take of the bytes, at one quality. */
  private static final double HALF_THE_PIXELS = 0.53;

  private final Random random;
  private final double exponent;
  private final double noise;
  double bytesAtMiddle = 60_000;

  /** What blocks take that show nothing, at full size. */
  double emptyBytes;

  double lossAtMiddle = 0.05;
  int encodes;
  int lastBytes;
  Fineness last = Fineness.ofQuality(1);

  ModelledEncoder(long seed, double exponent, double noise) {
    this.random = new Random(seed);
    this.exponent = exponent;
    this.noise = noise;
  }

  /** Encodes one frame as its control wants it; how often is counted. */
  int frame(QualityControl control, long nowNanos) {
    double mood = Math.exp(noise * random.nextGaussian());
    int before = encodes;
    Optional<Fineness> next = Optional.of(control.next(nowNanos));
    do {
      last = next.get();
      double halvings = -2 * Math.log(last.scale()) / Math.log(2);
      double atMiddle = bytesAtMiddle * Math.pow(HALF_THE_PIXELS, halvings);
      double shown = atMiddle * mood * Math.pow(step(last.quality()), -exponent);
      lastBytes = (int) (emptyBytes * last.scale() * last.scale() + shown);
      encodes++;
      next = control.again(lastBytes);
    } while (next.isPresent());
    if (control.wantsSimilarity()) {
      control.similarity(similarity(last.quality()));
    }
    return encodes - before;
  }

  double similarity(double quality) {
    return 1 - lossAtMiddle * Math.pow(step(quality), 0.7);
  }

  private static double step(double quality) {
    return QualityScale.stepPercent(quality) / 100;
  }
}
