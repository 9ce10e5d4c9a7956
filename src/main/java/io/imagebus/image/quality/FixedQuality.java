package io.imagebus.image.quality;

import java.util.OptionalDouble;

/** One quality, whatever it comes to. */
final class FixedQuality implements QualityControl {
  private final int quality;

  FixedQuality(int quality) {
    this.quality = quality;
  }

  @Override
  public double next(long nowNanos) {
    return quality;
  }

  @Override
  public OptionalDouble again(int bytes) {
    return OptionalDouble.empty();
  }
}
