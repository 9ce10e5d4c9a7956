package io.imagebus.image.dct;

/** The order of a block's 64 coefficients in the file: from low to high frequencies, diagonally. */
final class ZigZag {
  static final int COEFFICIENTS = 64;

  private static final int[] NATURAL = natural();

  private ZigZag() {}

  /** The place (row x 8 + column) of the k-th coefficient of the file. */
  static int natural(int k) {
    return NATURAL[k];
  }

  private static int[] natural() {
    int[] natural = new int[COEFFICIENTS];
    int k = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      for (int i = Math.max(0, diagonal - 7); i <= Math.min(7, diagonal); i++) {
        boolean upwards = diagonal % 2 == 0;
        int row = upwards ? diagonal - i : i;
        natural[k++] = row * 8 + (diagonal - row);
      }
    }
    return natural;
  }
}
