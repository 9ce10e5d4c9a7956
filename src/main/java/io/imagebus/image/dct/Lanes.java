package io.imagebus.image.dct;

/*
 * Loops of this form (one array written, distances within the read one that are constants, sums of
 * products) are turned into SIMD instructions by the compiler of the JVM; the same arithmetic a block
 * at a time, or with several results in one loop, is not, and takes three to five times as long. The
 * constant distances have to be multiples of 16 where registers are of 64 bytes. Seen with JDK 17 and
 * 25 on AVX2 and AVX-512.
 */
/** Steps that every batch of blocks takes, for many numbers at once. */
final class Lanes {
  private Lanes() {}

  /** {@code to = (a + b) >> shift}. */
  static void sums(int[] a, int[] b, int[] to, int first, int end, int shift) {
    for (int i = first; i < end; i++) {
      to[i] = (a[i] + b[i]) >> shift;
    }
  }

  /** {@code to = (a - b) >> shift}. */
  static void differences(int[] a, int[] b, int[] to, int first, int end, int shift) {
    for (int i = first; i < end; i++) {
      to[i] = (a[i] - b[i]) >> shift;
    }
  }

  /** Brings values to 0 and 255, without min and max, which JDK 17 has no SIMD for. */
  static void limit(int[] values, int end) {
    for (int i = 0; i < end; i++) {
      int value = values[i];
      values[i] = ((value & ~(value >> 31)) | (255 - value) >> 31) & 255;
    }
  }

  /** Four samples to an int, the first one lowest. */
  static void pack(int[] a, int[] b, int[] c, int[] d, int[] to, int end) {
    for (int i = 0; i < end; i++) {
      to[i] = a[i] | b[i] << 8 | c[i] << 16 | d[i] << 24;
    }
  }
}
