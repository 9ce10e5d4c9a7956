package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockBatchTest {
  private static final long SEED = 20_261_122;
  private static final int LARGEST_COEFFICIENT = 400;

  @Test
  void transform_fullSize_isTheInverseDct() {
    assertIsTheInverseDct(new FullBlocks(), 8);
  }

  @Test
  void transform_halfSize_isTheInverseDctOfTheLowestHalf() {
    assertIsTheInverseDct(new HalfBlocks(), 4);
  }

  /** As many blocks as there is room for, then fewer: nothing of the first ones may be left. */
  private static void assertIsTheInverseDct(BlockBatch batch, int side) {
    Random random = new Random(SEED);
    for (int blocks : new int[] {batch.capacity(), 1, 7, batch.capacity() / 2}) {
      int[][] natural = new int[blocks][64];
      for (int b = 0; b < blocks; b++) {
        for (int k = 0; k < 64; k++) {
          if (k == 0 || random.nextInt(6) == 0) {
            int value = random.nextInt(2 * LARGEST_COEFFICIENT) - LARGEST_COEFFICIENT;
            natural[b][ZigZag.natural(k)] = value;
            batch.coefficients()[batch.targets()[k] + b] = value;
          }
        }
      }
      batch.transform(blocks);
      byte[] out = new byte[side * blocks];
      for (int line = 0; line < side; line++) {
        batch.copyLine(line, 0, blocks, out, 0);
        for (int x = 0; x < out.length; x++) {
          double exact =
              Math.max(0, Math.min(255, sample(natural[x / side], side, line, x % side)));
          assertThat((double) (out[x] & 0xFF))
              .as(
                  "block %d of %d, row %d, column %d, seed %d",
                  x / side, blocks, line, x % side, SEED)
              .isBetween(exact - 0.75, exact + 0.75);
        }
      }
    }
  }

  /** By the formula of T.81, A.3.3, for fewer points; times side / 8. */
  private static double sample(int[] natural, int side, int row, int column) {
    double sum = 0;
    for (int v = 0; v < side; v++) {
      for (int u = 0; u < side; u++) {
        sum += natural[8 * v + u] * basis(v, row, side) * basis(u, column, side);
      }
    }
    return 128 + sum / 8;
  }

  private static double basis(int frequency, int place, int side) {
    double scale = frequency == 0 ? 1 : Math.sqrt(2);
    return scale * Math.cos(frequency * (2 * place + 1) * Math.PI / (2 * side));
  }
}
