package io.imagebus.image.dct;

/*
 * The factorisation of Loeffler, Ligtenberg and Moschytz ("Practical fast 1-D DCT algorithms with 11
 * multiplications", ICASSP 1989) in integers, rows first. The results are eight times the coefficients, which the
 * quantisation takes back in its divisors.
 */
/** Turns 8 x 8 samples into coefficients. */
final class ForwardDct {
  /** The results are so many times the coefficients. */
  static final int SCALE = 8;

  private static final int BITS = 13;
  private static final int PASS_BITS = 2;

  private static final int C_0_298 = 2446;
  private static final int C_0_390 = 3196;
  private static final int C_0_541 = 4433;
  private static final int C_0_765 = 6270;
  private static final int C_0_899 = 7373;
  private static final int C_1_175 = 9633;
  private static final int C_1_501 = 12299;
  private static final int C_1_847 = 15137;
  private static final int C_1_961 = 16069;
  private static final int C_2_053 = 16819;
  private static final int C_2_562 = 20995;
  private static final int C_3_072 = 25172;

  private ForwardDct() {}

  /** Transforms the samples at {@code at}; the coefficients stand at row x 8 + column. */
  static void transform(byte[] samples, int at, int stride, int[] block) {
    int from = at;
    for (int row = 0; row < 64; row += 8) {
      row(samples, from, block, row);
      from += stride;
    }
    for (int column = 0; column < 8; column++) {
      column(block, column);
    }
  }

  private static void row(byte[] samples, int from, int[] block, int row) {
    int s0 = samples[from] & 0xFF;
    int s1 = samples[from + 1] & 0xFF;
    int s2 = samples[from + 2] & 0xFF;
    int s3 = samples[from + 3] & 0xFF;
    int s4 = samples[from + 4] & 0xFF;
    int s5 = samples[from + 5] & 0xFF;
    int s6 = samples[from + 6] & 0xFF;
    int s7 = samples[from + 7] & 0xFF;
    int t10 = s0 + s7 + s3 + s4;
    int t13 = s0 + s7 - s3 - s4;
    int t11 = s1 + s6 + s2 + s5;
    int t12 = s1 + s6 - s2 - s5;
    block[row] = (t10 + t11 - 8 * 128) << PASS_BITS;
    block[row + 4] = (t10 - t11) << PASS_BITS;
    int half = 1 << (BITS - PASS_BITS - 1);
    int z1 = (t12 + t13) * C_0_541 + half;
    block[row + 2] = (z1 + t13 * C_0_765) >> (BITS - PASS_BITS);
    block[row + 6] = (z1 - t12 * C_1_847) >> (BITS - PASS_BITS);
    int d7 = s0 - s7;
    int d6 = s1 - s6;
    int d5 = s2 - s5;
    int d4 = s3 - s4;
    int y1 = -(d4 + d7) * C_0_899 + half;
    int y2 = -(d5 + d6) * C_2_562 + half;
    int y5 = (d4 + d6 + d5 + d7) * C_1_175;
    int y3 = y5 - (d4 + d6) * C_1_961;
    int y4 = y5 - (d5 + d7) * C_0_390;
    block[row + 7] = (d4 * C_0_298 + y1 + y3) >> (BITS - PASS_BITS);
    block[row + 5] = (d5 * C_2_053 + y2 + y4) >> (BITS - PASS_BITS);
    block[row + 3] = (d6 * C_3_072 + y2 + y3) >> (BITS - PASS_BITS);
    block[row + 1] = (d7 * C_1_501 + y1 + y4) >> (BITS - PASS_BITS);
  }

  private static void column(int[] block, int x) {
    int s07 = block[x] + block[56 + x];
    int s16 = block[8 + x] + block[48 + x];
    int s25 = block[16 + x] + block[40 + x];
    int s34 = block[24 + x] + block[32 + x];
    int d7 = block[x] - block[56 + x];
    int d6 = block[8 + x] - block[48 + x];
    int d5 = block[16 + x] - block[40 + x];
    int d4 = block[24 + x] - block[32 + x];
    int t10 = s07 + s34;
    int t13 = s07 - s34;
    int t11 = s16 + s25;
    int t12 = s16 - s25;
    int halfPass = 1 << (PASS_BITS - 1);
    block[x] = (t10 + t11 + halfPass) >> PASS_BITS;
    block[32 + x] = (t10 - t11 + halfPass) >> PASS_BITS;
    int half = 1 << (BITS + PASS_BITS - 1);
    int z1 = (t12 + t13) * C_0_541 + half;
    block[16 + x] = (z1 + t13 * C_0_765) >> (BITS + PASS_BITS);
    block[48 + x] = (z1 - t12 * C_1_847) >> (BITS + PASS_BITS);
    int y1 = -(d4 + d7) * C_0_899 + half;
    int y2 = -(d5 + d6) * C_2_562 + half;
    int y5 = (d4 + d6 + d5 + d7) * C_1_175;
    int y3 = y5 - (d4 + d6) * C_1_961;
    int y4 = y5 - (d5 + d7) * C_0_390;
    block[56 + x] = (d4 * C_0_298 + y1 + y3) >> (BITS + PASS_BITS);
    block[40 + x] = (d5 * C_2_053 + y2 + y4) >> (BITS + PASS_BITS);
    block[24 + x] = (d6 * C_3_072 + y2 + y3) >> (BITS + PASS_BITS);
    block[8 + x] = (d7 * C_1_501 + y1 + y4) >> (BITS + PASS_BITS);
  }
}
