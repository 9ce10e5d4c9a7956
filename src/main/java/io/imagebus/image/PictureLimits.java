package io.imagebus.image;

/**
 * The largest picture that is let in.
 *
 * @param maxBytes encoded size ({@code frames.max-bytes})
 * @param maxPixels width times height, what a decoder has to hold ({@code frames.max-pixels})
 */
public record PictureLimits(int maxBytes, long maxPixels) {

  public PictureLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("frames.max-bytes is " + maxBytes + ": at least 1");
    }
    if (maxPixels < 1) {
      throw new IllegalArgumentException("frames.max-pixels is " + maxPixels + ": at least 1");
    }
  }
}
