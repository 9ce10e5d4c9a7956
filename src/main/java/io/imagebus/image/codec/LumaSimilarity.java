package io.imagebus.image.codec;

/*
 * Wang, Bovik, Sheikh, Simoncelli: Image quality assessment: from error visibility to structural
 * similarity, IEEE Transactions on Image Processing 13 (2004), with plain windows of 8 x 8 instead
 * of Gaussian ones. A few thousand windows spread over the picture say as much about its mean as all
 * of them; rows of windows are left out evenly, so that a damaged strip is still met.
 */
/** How alike two grey pictures are. */
public final class LumaSimilarity {
  private static final int WINDOW = 8;
  private static final int SAMPLED_WINDOWS = 4_000;
  private static final double C1 = 6.5025;
  private static final double C2 = 58.5225;

  private LumaSimilarity() {}

  /**
   * The mean SSIM over a sample of windows.
   *
   * @param one rows of the first picture, full range, without gaps
   * @param other rows of the second
   * @return at most 1, which is equal
   */
  public static double sampled(byte[] one, byte[] other, PictureSize size) {
    long windows = (long) windows(size.widthPixels()) * windows(size.heightPixels());
    int every = (int) Math.max(1, Math.round(Math.sqrt((double) windows / SAMPLED_WINDOWS)));
    return mean(one, other, size, every * WINDOW);
  }

  /** The mean SSIM over all windows, half overlapping. */
  public static double whole(byte[] one, byte[] other, PictureSize size) {
    return mean(one, other, size, WINDOW / 2);
  }

  private static double mean(byte[] one, byte[] other, PictureSize size, int stepPixels) {
    int right = Math.max(0, size.widthPixels() - WINDOW);
    int bottom = Math.max(0, size.heightPixels() - WINDOW);
    double sum = 0;
    int count = 0;
    for (int y = 0; y <= bottom; y += stepPixels) {
      for (int x = 0; x <= right; x += stepPixels) {
        sum += window(one, other, size, y * size.widthPixels() + x);
        count++;
      }
    }
    return sum / count;
  }

  private static double window(byte[] one, byte[] other, PictureSize size, int start) {
    int columns = Math.min(WINDOW, size.widthPixels());
    int rows = Math.min(WINDOW, size.heightPixels());
    int sumOne = 0;
    int sumOther = 0;
    int squares = 0;
    int products = 0;
    for (int row = 0; row < rows; row++) {
      int at = start + row * size.widthPixels();
      for (int end = at + columns; at < end; at++) {
        int a = one[at] & 0xFF;
        int b = other[at] & 0xFF;
        sumOne += a;
        sumOther += b;
        squares += a * a + b * b;
        products += a * b;
      }
    }
    double n = columns * rows;
    double meanOne = sumOne / n;
    double meanOther = sumOther / n;
    double variances = squares / n - meanOne * meanOne - meanOther * meanOther;
    double covariance = products / n - meanOne * meanOther;
    return (2 * meanOne * meanOther + C1)
        * (2 * covariance + C2)
        / ((meanOne * meanOne + meanOther * meanOther + C1) * (variances + C2));
  }

  private static int windows(int sidePixels) {
    return Math.max(1, sidePixels / WINDOW);
  }
}
