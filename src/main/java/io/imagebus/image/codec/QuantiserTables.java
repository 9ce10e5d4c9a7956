package io.imagebus.image.codec;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.ShortPointer;

/*
 * The tables of ITU-T T.81, annex K.1, in rows, scaled as libjpeg does it but for a twenty-fifth, so
 * that a quality means here what it means elsewhere. FFmpeg's encoder reads the matrix of its context
 * anew for each picture and multiplies it by the picture's quantiser, which at 8 leaves it as it is;
 * so one open encoder serves every quality. The quantiser of the means (DC) is 8 whatever the matrix
 * says.
 *
 * The encoder rounds towards zero a little (a dead zone). With the tables of libjpeg it makes 3 to 8 %
 * fewer bytes than libjpeg, and a little less likeness. With steps finer by a twenty-fifth, which at
 * quality 75 are those of 76, it is at least as alike in fewer bytes still.
 */
/** The pair of quantiser matrices that an open encoder holds. Its context frees them. */
final class QuantiserTables {
  private static final int COEFFICIENTS = 64;
  private static final int MIDDLE_QUALITY = 50;
  private static final int MAX_STEP = 255;
  private static final int FINER = 24;
  private static final int THAN = 25;

  private static final int[] LUMA = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113,
    92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99
  };
  private static final int[] CHROMA = {
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  private final ShortPointer luma = matrix();
  private final ShortPointer chroma = matrix();
  private double quality;

  ShortPointer luma() {
    return luma;
  }

  ShortPointer chroma() {
    return chroma;
  }

  /** Fills both matrices for a quality of 1 to 100. */
  void fill(double wantedQuality) {
    if (quality == wantedQuality) {
      return;
    }
    quality = wantedQuality;
    double percent = quality < MIDDLE_QUALITY ? Math.floor(5_000 / quality) : 200 - 2 * quality;
    for (int i = 0; i < COEFFICIENTS; i++) {
      luma.put(i, step(LUMA[i], percent));
      chroma.put(i, step(CHROMA[i], percent));
    }
  }

  private static short step(int base, double percent) {
    int step = (int) ((base * percent * FINER + 50 * THAN) / (100 * THAN));
    return (short) Math.max(1, Math.min(MAX_STEP, step));
  }

  private static ShortPointer matrix() {
    Pointer memory = FfmpegLibrary.allocated(avutil.av_malloc(COEFFICIENTS * Short.BYTES));
    return new ShortPointer(memory).capacity(COEFFICIENTS);
  }
}
