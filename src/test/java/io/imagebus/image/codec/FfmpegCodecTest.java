package io.imagebus.image.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Pictures;
import io.imagebus.image.dct.HuffmanMode;
import io.imagebus.image.dct.JpegCoefficients;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class FfmpegCodecTest extends CodecContract {
  private static final long MEBI = 1 << 20;
  private static final int HUFFMAN_TABLES = 0xC4;

  @Override
  PictureCodec open() {
    return new FfmpegCodec();
  }

  @Test
  void encode_transparentPaletteEntry_isBlack() throws PictureException {
    byte[] source = TestPictures.bytes("palette-alpha.png");
    BufferedImage made = made(source, new Encoding(HALF, ImageFormat.PNG, 75));
    BufferedImage stored = TestPictures.image(source);
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 160; x++) {
        boolean clear = stored.getRGB(x, y) >>> 24 == 0;
        int expected = clear ? 0 : stored.getRGB(x, y) & 0xFFFFFF;
        assertThat(made.getRGB(x, y) & 0xFF).isCloseTo(expected & 0xFF, within(2));
        assertThat(made.getRGB(x, y) >> 8 & 0xFF).isCloseTo(expected >> 8 & 0xFF, within(2));
      }
    }
  }

  @Test
  void encode_qualityOfLibjpeg_hasItsTablesATwentyFifthFiner() throws PictureException {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), FULL)) {
      byte[] made = picture.encode(new Encoding(FULL, ImageFormat.JPEG, 90)).bytes();
      int[] ours = lumaTable(made);
      int[] libjpegs = lumaTable(source);
      assertThat(ours[0]).isEqualTo(8);
      for (int k = 1; k < 64; k++) {
        assertThat(ours[k]).as("%d", k).isBetween(libjpegs[k] * 24 / 25, libjpegs[k]);
      }
      assertThat((double) made.length).isBetween(0.75 * source.length, 1.05 * source.length);
    }
  }

  private static int[] lumaTable(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xDB) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
    }
    int[] table = new int[64];
    for (int i = 0; i < 64; i++) {
      table[i] = jpeg[at + 5 + i] & 0xFF;
    }
    return table;
  }

  @Test
  void decode_withoutHuffmanTables_meansTheTypicalOnes() throws PictureException {
    byte[] source = TestPictures.bytes("baseline-420.jpg");
    byte[] typical = made(source, FULL);
    byte[] bare = Pictures.withoutSegments(typical, HUFFMAN_TABLES);
    assertThat(bare.length).isLessThan(typical.length - 400);
    JpegCoefficients coefficients = new JpegCoefficients();
    coefficients.load(source, TestPictures.info(source));
    byte[] ownTables = coefficients.encode(60, HuffmanMode.OPTIMISED);
    for (PictureSize size : new PictureSize[] {FULL, HALF, QUARTER}) {
      byte[] expected = made(typical, size);
      made(ownTables, size);
      assertThat(made(bare, size)).as("%s", size).isEqualTo(expected);
    }
  }

  private byte[] made(byte[] source, PictureSize size) throws PictureException {
    try (DecodedPicture picture = codec.decode(source, TestPictures.info(source), size)) {
      return picture.encode(new Encoding(size, ImageFormat.JPEG, 85)).bytes();
    }
  }

  @Test
  void codec_damagedPicturesAndManySizes_keepsItsMemory() throws PictureException {
    long settled = 0;
    for (int round = 0; round < 10; round++) {
      work();
      if (round == 4) {
        settled = Pointer.physicalBytes();
      }
    }
    // Pages of the heap that are touched for the first time count too. A frame that is not given
    // back would be 90 KB, in a thousand decodes a round.
    assertThat(Pointer.physicalBytes() - settled).isLessThan(64 * MEBI);
  }

  private void work() throws PictureException {
    for (String name : TestPictures.OF_FULL_SIZE) {
      byte[] whole = TestPictures.bytes(name);
      for (int cut = 1; cut < 20; cut++) {
        byte[] part = Arrays.copyOf(whole, whole.length * cut / 20);
        try {
          codec.decode(part, TestPictures.info(whole), FULL).close();
        } catch (PictureException expected) {
          assertThat(expected.reason()).isEqualTo(PictureException.Reason.DAMAGED);
        }
      }
      for (int width = 40; width <= 320; width += 20) {
        PictureSize size = new PictureSize(width, width * 9 / 16);
        try (DecodedPicture picture = codec.decode(whole, TestPictures.info(whole), size)) {
          for (ImageFormat format : ImageFormat.values()) {
            picture.similarity(picture.encode(new Encoding(size, format, 60)));
          }
        }
      }
    }
  }
}
