package io.imagebus.image.quality;

import java.util.OptionalInt;

/** One quality, whatever it comes to. */
final class FixedQuality implements QualityControl {
  private final int quality;

  FixedQuality(int quality) {
    this.quality = quality;
  }

  @Override
  public int next(long nowNanos) {
    return quality;
  }

  @Override
  public OptionalInt again(int bytes) {
    return OptionalInt.empty();
  }
}
