package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.TestPictures;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantisationTest {
  private static final int DQT_VALUES = 7;

  /** So many of the first divisors are 2 to 4 at quality 90. */
  private static final int FINE = 12;

  /** The intra matrix of MPEG-2, in rows, which is what FFmpeg scales. */
  private static final int[] MPEG = {
    8, 16, 19, 22, 26, 27, 29, 34, 16, 16, 22, 24, 27, 29, 34, 37, 19, 22, 26, 27, 29, 34, 34, 38,
    22, 22, 26, 27, 29, 34, 37, 40, 22, 26, 27, 29, 32, 35, 40, 48, 26, 27, 29, 32, 35, 40, 48, 58,
    26, 27, 29, 34, 38, 46, 56, 69, 27, 29, 35, 38, 46, 56, 69, 83
  };

  @Test
  void tablesOfEncoders_haveNoOutlier() {
    for (int quality = 1; quality <= 100; quality++) {
      assertThat(StandardQuantisation.of(0, quality).hasOutlier()).as("luma %d", quality).isFalse();
      assertThat(StandardQuantisation.of(1, quality).hasOutlier()).as("%d", quality).isFalse();
    }
    for (int scale = 1; scale <= 31; scale++) {
      int[] table = new int[ZigZag.COEFFICIENTS];
      for (int k = 0; k < table.length; k++) {
        table[k] = k == 0 ? 8 : Math.min(255, Math.max(1, MPEG[ZigZag.natural(k)] * scale / 8));
      }
      assertThat(new Quantisation(table).hasOutlier()).as("MPEG %d", scale).isFalse();
    }
    int[] flat = IntStream.generate(() -> 16).limit(ZigZag.COEFFICIENTS).toArray();
    assertThat(new Quantisation(flat).hasOutlier()).as("flat").isFalse();
    int[] cutOff = flat.clone();
    Arrays.fill(cutOff, 21, cutOff.length, 255);
    assertThat(new Quantisation(cutOff).hasOutlier()).as("without high frequencies").isFalse();
  }

  @Test
  void divisorWithAFlippedHighBit_isAnOutlier_whereverItIs() {
    for (int k = 0; k < ZigZag.COEFFICIENTS; k++) {
      assertOutlier(k, 0x80);
    }
  }

  @Test
  void divisorOfAFineTableWithAFlippedBitOf16_isAnOutlier() {
    for (int k = 1; k < FINE; k++) {
      assertOutlier(k, 16);
    }
  }

  private static void assertOutlier(int k, int flipped) {
    int[] table = new int[ZigZag.COEFFICIENTS];
    StandardQuantisation.of(0, 90).copyTo(table);
    table[k] |= flipped;
    assertThat(new Quantisation(table).hasOutlier()).as("%d", k).isTrue();
  }

  @Test
  void pictureWithSuchATable_isDamaged() {
    byte[] picture = TestPictures.bytes("baseline-420.jpg");
    int at = 2;
    while ((picture[at + 1] & 0xFF) != 0xDB) {
      at += 2 + ((picture[at + 2] & 0xFF) << 8 | (picture[at + 3] & 0xFF));
    }
    picture[at + DQT_VALUES] |= (byte) 0x80;
    assertThatThrownBy(() -> new ScanCheck().check(picture, TestPictures.info(picture)))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("quantisation");
  }
}
