package io.imagebus.bench;

import io.imagebus.image.codec.PictureSize;

/** Scales one plane with Lanczos 3 in double precision: what others are measured against. */
final class Lanczos {
  private static final int LOBES = 3;

  private Lanczos() {}

  static byte[] scale(byte[] plane, PictureSize from, PictureSize to) {
    double[] values = new double[plane.length];
    for (int i = 0; i < plane.length; i++) {
      values[i] = plane[i] & 0xFF;
    }
    double[] narrow = columns(values, from.widthPixels(), from.heightPixels(), to.widthPixels());
    double[] turned = transposed(narrow, to.widthPixels(), from.heightPixels());
    double[] small = columns(turned, from.heightPixels(), to.widthPixels(), to.heightPixels());
    double[] upright = transposed(small, to.heightPixels(), to.widthPixels());
    byte[] scaled = new byte[upright.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (byte) Math.max(0, Math.min(255, Math.round(upright[i])));
    }
    return scaled;
  }

  private static double[] columns(double[] values, int width, int rows, int target) {
    double ratio = Math.max(1, (double) width / target);
    double[] scaled = new double[target * rows];
    for (int x = 0; x < target; x++) {
      double centre = (x + 0.5) * width / target - 0.5;
      int first = (int) Math.ceil(centre - LOBES * ratio);
      int last = (int) Math.floor(centre + LOBES * ratio);
      double[] weights = new double[last - first + 1];
      double sum = 0;
      for (int i = first; i <= last; i++) {
        weights[i - first] = kernel((i - centre) / ratio);
        sum += weights[i - first];
      }
      for (int y = 0; y < rows; y++) {
        double value = 0;
        for (int i = first; i <= last; i++) {
          int column = Math.max(0, Math.min(width - 1, i));
          value += weights[i - first] * values[y * width + column];
        }
        scaled[y * target + x] = value / sum;
      }
    }
    return scaled;
  }

  private static double kernel(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = Math.PI * x;
    return Math.abs(x) >= LOBES
        ? 0
        : LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
  }

  private static double[] transposed(double[] values, int width, int height) {
    double[] turned = new double[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        turned[x * height + y] = values[y * width + x];
      }
    }
    return turned;
  }
}
