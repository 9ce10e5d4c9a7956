package io.imagebus.image.dct;

/**
 * The structural similarity of two planes of one size (Wang, Bovik, Sheikh and Simoncelli, "Image
 * quality assessment", 2004), over windows of 8 x 8 samples.
 */
final class Similarity {
  private static final int SIDE = 8;
  private static final int STEP = 12;
  private static final double SAMPLES = SIDE * SIDE;
  private static final double C1 = 0.01 * 255 * 0.01 * 255;
  private static final double C2 = 0.03 * 255 * 0.03 * 255;

  private Similarity() {}

  /** The mean over windows spread evenly; 1 if the planes are equal there. */
  static double mean(Plane one, Plane other) {
    double sum = 0;
    int windows = 0;
    for (int y = 0; windows == 0 || y + SIDE <= one.height(); y += STEP) {
      for (int x = 0; x == 0 || x + SIDE <= one.width(); x += STEP) {
        sum += window(one, other, x, y);
        windows++;
      }
    }
    return sum / windows;
  }

  /** Of a window; what of it lies outside a very small picture counts as its last column or row. */
  private static double window(Plane one, Plane other, int left, int top) {
    long sumA = 0;
    long sumB = 0;
    long squaresA = 0;
    long squaresB = 0;
    long products = 0;
    for (int y = top; y < top + SIDE; y++) {
      int row = Math.min(y, one.height() - 1);
      for (int x = left; x < left + SIDE; x++) {
        int column = Math.min(x, one.width() - 1);
        int a = one.samples()[row * one.stride() + column] & 0xFF;
        int b = other.samples()[row * other.stride() + column] & 0xFF;
        sumA += a;
        sumB += b;
        squaresA += (long) a * a;
        squaresB += (long) b * b;
        products += (long) a * b;
      }
    }
    double meanA = sumA / SAMPLES;
    double meanB = sumB / SAMPLES;
    double varianceA = squaresA / SAMPLES - meanA * meanA;
    double varianceB = squaresB / SAMPLES - meanB * meanB;
    double covariance = products / SAMPLES - meanA * meanB;
    return (2 * meanA * meanB + C1)
        * (2 * covariance + C2)
        / ((meanA * meanA + meanB * meanB + C1) * (varianceA + varianceB + C2));
  }
}
