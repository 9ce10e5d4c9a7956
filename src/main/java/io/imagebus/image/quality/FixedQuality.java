package io.imagebus.image.quality;

import java.util.Optional;

/** One quality, whatever it comes to. */
final class FixedQuality implements QualityControl {
  private final int quality;

  FixedQuality(int quality) {
    this.quality = quality;
  }

  @Override
  public Fineness next(long nowNanos) {
    return Fineness.ofQuality(quality);
  }

  @Override
  public Optional<Fineness> again(int bytes) {
    return Optional.empty();
  }
}
