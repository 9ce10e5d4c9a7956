package io.imagebus.image.quality;

import java.util.OptionalDouble;
import java.util.Random;

/**
 * Sizes and similarities as an encoder's would be: falling with the step, restless, with scenes.
 */
final class ModelledEncoder {
  private final Random random;
  private final double exponent;
  private final double noise;
  double bytesAtMiddle = 60_000;
  double lossAtMiddle = 0.05;
  int encodes;
  int lastBytes;

  ModelledEncoder(long seed, double exponent, double noise) {
    this.random = new Random(seed);
    this.exponent = exponent;
    this.noise = noise;
  }

  /** Encodes one frame as its control wants it; how often is counted. */
  int frame(QualityControl control, long nowNanos) {
    double mood = Math.exp(noise * random.nextGaussian());
    int before = encodes;
    double quality = control.next(nowNanos);
    OptionalDouble again;
    do {
      lastBytes = (int) (bytesAtMiddle * mood * Math.pow(step(quality), -exponent));
      encodes++;
      again = control.again(lastBytes);
      quality = again.orElse(quality);
    } while (again.isPresent());
    if (control.wantsSimilarity()) {
      control.similarity(similarity(quality));
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
