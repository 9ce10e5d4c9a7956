package io.imagebus.compression;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.quality.Fineness;
import io.imagebus.image.quality.QualityControl;
import io.imagebus.image.quality.QualityTarget;

/**
 * How a variant's next picture is made.
 *
 * @param variant what was asked for
 * @param target of what is encoded
 * @param control chooses the quality by the target; one job at a time has it
 * @param measured whether the picture's similarity to its source is to be measured
 */
record Recipe(Variant variant, QualityTarget target, QualityControl control, boolean measured) {

  /** What two variants have in common whose pictures are the same. */
  record Outcome(PictureSize size, ImageFormat format, QualityTarget target) {

    Encoding encoding(Fineness fineness) {
      return new Encoding(size.scaled(fineness.scale()), format, fineness.quality());
    }
  }

  /** Whether the source, as it is, is what was asked for. */
  boolean isServedBy(PictureInfo source, int bytes) {
    return variant.scaleOf(source.uprightWidthPixels(), source.uprightHeightPixels()) >= 1
        && variant.quality() == 0
        && canBeServedBy(source, bytes);
  }

  /** Whether the source, as it is, will do, though it is larger or finer than was asked for. */
  boolean canBeServedBy(PictureInfo source, int bytes) {
    return variant.format().filter(format -> format != source.format()).isEmpty()
        && (variant.maxBytes() == 0 || bytes <= variant.maxBytes());
  }

  /** What comes of it for a picture of this size; never a larger one. */
  Outcome of(PictureSize source) {
    double scale = variant.scaleOf(source.widthPixels(), source.heightPixels());
    return new Outcome(source.scaled(scale), variant.format().orElse(ImageFormat.JPEG), target);
  }
}
