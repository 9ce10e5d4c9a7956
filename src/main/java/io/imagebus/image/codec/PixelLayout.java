package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import org.bytedeco.ffmpeg.global.avutil;

/** How pixels lie in memory before an encoder takes them. */
enum PixelLayout {
  /** Planes Y, Cb, Cr, colour at half the sides, 0 to 255, as JPEG has them. */
  JPEG(avutil.AV_PIX_FMT_YUVJ420P, avutil.AVCOL_RANGE_JPEG, 3, 1),
  /** The same with luma from 16 to 235, as WebP has them. */
  WEBP(avutil.AV_PIX_FMT_YUV420P, avutil.AVCOL_RANGE_MPEG, 3, 1),
  /** One plane of red, green, blue. */
  PNG(avutil.AV_PIX_FMT_RGB24, avutil.AVCOL_RANGE_JPEG, 1, 3),
  /** The same with alpha: what a palette is unfolded to. */
  TRANSPARENT(avutil.AV_PIX_FMT_RGBA, avutil.AVCOL_RANGE_JPEG, 1, 4);

  private final int pixelFormat;
  private final int range;
  private final int planes;
  private final int bytesPerSample;

  PixelLayout(int pixelFormat, int range, int planes, int bytesPerSample) {
    this.pixelFormat = pixelFormat;
    this.range = range;
    this.planes = planes;
    this.bytesPerSample = bytesPerSample;
  }

  static PixelLayout of(ImageFormat format) {
    return switch (format) {
      case JPEG -> JPEG;
      case PNG -> PNG;
      case WEBP -> WEBP;
    };
  }

  int pixelFormat() {
    return pixelFormat;
  }

  int range() {
    return range;
  }

  int planes() {
    return planes;
  }

  int bytesPerSample() {
    return bytesPerSample;
  }

  boolean isRgb() {
    return planes == 1;
  }

  /** The size of one plane of a picture. */
  PictureSize plane(int index, PictureSize picture) {
    return index == 0
        ? picture
        : new PictureSize((picture.widthPixels() + 1) / 2, (picture.heightPixels() + 1) / 2);
  }
}
