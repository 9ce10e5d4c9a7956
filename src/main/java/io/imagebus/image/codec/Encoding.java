package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;

/**
 * What an encoder shall make.
 *
 * @param quality 1 to 100 on the scale of libjpeg, for JPEG also between two whole ones; of no
 *     effect for PNG
 */
public record Encoding(PictureSize size, ImageFormat format, double quality) {

  public Encoding {
    if (!(quality >= 1 && quality <= 100)) {
      throw new IllegalArgumentException("quality is " + quality + ": 1 to 100");
    }
  }

  /** The quality, or the whole one below it. */
  public int wholeQuality() {
    return (int) quality;
  }
}
