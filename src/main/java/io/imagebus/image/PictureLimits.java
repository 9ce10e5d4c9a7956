package io.imagebus.image;

/**
 * The largest picture that is let in.
 *
 * @param maxBytes encoded size ({@code frames.max-bytes})
 * @param maxPixels width times height, what a decoder has to hold ({@code frames.max-pixels})
 * @param maxSidePixels width or height ({@code frames.max-side-pixels})
 * @param maxScans passes of a decoder over the whole picture ({@code frames.max-scans})
 */
public record PictureLimits(int maxBytes, long maxPixels, int maxSidePixels, int maxScans) {
  private static final int USUAL_SIDE_PIXELS = 16_384;
  private static final int USUAL_SCANS = 64;

  /** What encoders of progressive JPEGs make of colours if they are not told otherwise. */
  private static final int PASSES_OVER_THE_LARGEST = 10;

  public PictureLimits {
    atLeast1("max-bytes", maxBytes);
    atLeast1("max-pixels", maxPixels);
    atLeast1("max-side-pixels", maxSidePixels);
    atLeast1("max-scans", maxScans);
  }

  /** These limits, and the usual ones for sides and scans. */
  public PictureLimits(int maxBytes, long maxPixels) {
    this(maxBytes, maxPixels, USUAL_SIDE_PIXELS, USUAL_SCANS);
  }

  /**
   * The most pixels times scans: what a decoder has to go over, however few bytes there are. As
   * much as ten scans of the largest picture.
   */
  long maxScannedPixels() {
    return PASSES_OVER_THE_LARGEST * maxPixels;
  }

  private static void atLeast1(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("frames." + key + " is " + value + ": at least 1");
    }
  }
}
