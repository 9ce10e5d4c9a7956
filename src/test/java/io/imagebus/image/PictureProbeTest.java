package io.imagebus.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Probed.Accepted;
import io.imagebus.image.Probed.Reason;
import io.imagebus.image.Probed.Refused;
import io.imagebus.image.codec.TestPictures;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PictureProbeTest {
  private static final PictureLimits LIMITS = new PictureLimits(1 << 20, 100_000_000);

  @Test
  void probe_jpegOfEachKind_isAcceptedWithItsSize() {
    assertInfo(Pictures.baselineJpeg(40, 30), ImageFormat.JPEG, 40, 30, 3, 8);
    assertThat(probe(Pictures.progressiveJpeg(41, 31)))
        .isEqualTo(
            new Accepted(
                new PictureInfo(
                    ImageFormat.JPEG, 41, 31, 3, 8, Coding.PROGRESSIVE, 10, Orientation.UPRIGHT)));
    assertInfo(Pictures.grayJpeg(42, 32), ImageFormat.JPEG, 42, 32, 1, 8);
  }

  @Test
  void probe_pngOfEachDepth_isAcceptedWithItsSize() {
    assertInfo(Pictures.png8(43, 33), ImageFormat.PNG, 43, 33, 4, 8);
    assertInfo(Pictures.png16(44, 34), ImageFormat.PNG, 44, 34, 1, 16);
  }

  @Test
  void probe_webpOfEachKind_isAcceptedWithItsSize() {
    assertWebp(Pictures.losslessWebp(), 3, 2, 3, Coding.PREFIX_CODES);
    assertWebp(Pictures.lossyWebp(), 4, 6, 3, Coding.SEQUENTIAL);
    assertWebp(Pictures.extendedWebp(0x10, 4, 6), 4, 6, 4, Coding.PREFIX_CODES);
  }

  @Test
  void probe_webpWithAlpha_isNotTakenForVerifiable_whicheverOfItsTwoSignsIsThere() {
    byte[] picture = TestPictures.bytes("alpha.webp");
    int flags = 20;
    int alphaChunk = 30;
    assertThat(TestPictures.info(picture).isVerifiable()).isFalse();
    byte[] withoutFlag = picture.clone();
    withoutFlag[flags] &= ~0x10;
    assertThat(TestPictures.info(withoutFlag).isVerifiable()).isFalse();
    byte[] withoutChunk = picture.clone();
    withoutChunk[alphaChunk] ^= 1;
    assertThat(TestPictures.info(withoutChunk).isVerifiable()).isFalse();
    withoutChunk[flags] &= ~0x10;
    assertThat(TestPictures.info(withoutChunk).isVerifiable()).as("neither").isTrue();
  }

  @Test
  void probe_pictureInsideALargerArray_readsOnlyItsRange() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    byte[] larger = Pictures.join(new byte[7], picture, new byte[9]);
    assertThat(PictureProbe.probe(larger, 7, picture.length, LIMITS)).isInstanceOf(Accepted.class);
    assertThat(PictureProbe.probe(larger, 7, picture.length - 1, LIMITS))
        .isInstanceOf(Refused.class);
  }

  @Test
  void probe_rangeOutsideTheArray_throws() {
    assertThatThrownBy(() -> PictureProbe.probe(new byte[4], 2, 3, LIMITS))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void probe_thumbnailInAnApplicationSegment_isNotTakenForThePicture() {
    byte[] picture = Pictures.jpegWithThumbnail(40, 30);
    assertInfo(picture, ImageFormat.JPEG, 40, 30, 3, 8);
    assertRefused(Arrays.copyOf(picture, picture.length - 2), Reason.TRUNCATED);
  }

  @Test
  void probe_bytesAfterTheEnd_areAllowed() {
    byte[] trailer = "trailer of a tool".getBytes(StandardCharsets.US_ASCII);
    for (byte[] picture : PictureProbeFuzzTest.pictures()) {
      assertThat(probe(Pictures.join(picture, trailer))).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void probe_fillBytesBeforeAMarker_areSkipped() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    byte[] filled = Pictures.join(Pictures.bytes(0xFF, 0xD8, 0xFF, 0xFF, 0xFF), rest(picture, 2));
    assertInfo(filled, ImageFormat.JPEG, 40, 30, 3, 8);
  }

  @Test
  void probe_noBytes_isEmpty() {
    assertRefused(new byte[0], Reason.EMPTY);
  }

  @Test
  void probe_text_saysWhatItStartsWith() {
    Refused refused =
        assertRefused(
            "<html>camera</html>".getBytes(StandardCharsets.US_ASCII), Reason.NOT_A_PICTURE);
    assertThat(refused.message()).contains("19 bytes", "3C 68 74 6D 6C", "<html>camera");
  }

  @Test
  void probe_moreBytesThanAllowed_saysBothFigures() {
    Probed probed =
        PictureProbe.probe(new byte[2_000], 0, 2_000, new PictureLimits(1_999, 100_000_000));
    assertThat(probed).isInstanceOf(Refused.class);
    assertThat(((Refused) probed).reason()).isEqualTo(Reason.TOO_MANY_BYTES);
    assertThat(((Refused) probed).message()).contains("2,000", "1,999 (frames.max-bytes)");
  }

  @Test
  void probe_hugeSizeInTheHeader_saysPixelsAndLimit() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    int frameHeader = find(picture, 0xC0);
    putUint16(picture, frameHeader + 5, 60_000);
    putUint16(picture, frameHeader + 7, 60_000);
    assertThat(assertRefused(picture, Reason.TOO_MANY_PIXELS).message())
        .contains("60000 x 60000 is 3,600,000,000 pixels", "100,000,000 (frames.max-pixels)");
  }

  @Test
  void probe_exactlyTheLimits_isAccepted() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    PictureLimits exact = new PictureLimits(picture.length, 1_200);
    assertThat(PictureProbe.probe(picture, 0, picture.length, exact)).isInstanceOf(Accepted.class);
    PictureLimits less = new PictureLimits(picture.length, 1_199);
    assertThat(PictureProbe.probe(picture, 0, picture.length, less)).isInstanceOf(Refused.class);
  }

  @Test
  void probe_sideLongerThanAllowed_saysTheLimit() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    int frameHeader = find(picture, 0xC0);
    putUint16(picture, frameHeader + 5, 1);
    putUint16(picture, frameHeader + 7, 65_535);
    assertThat(assertRefused(picture, Reason.TOO_MANY_PIXELS).message())
        .contains("65535 x 1", "16,384 (frames.max-side-pixels)");
  }

  @Test
  void probe_moreScansThanForSoManyPixels_saysTheLimit() {
    byte[] picture = Pictures.withScans(Pictures.progressiveJpeg(40, 30), 54);
    int scans = ((Accepted) probe(picture)).info().scans();
    int enough = 40 * 30 * scans / 10;
    PictureLimits ample = new PictureLimits(1 << 20, enough);
    PictureLimits scarce = new PictureLimits(1 << 20, enough - 1);
    assertThat(PictureProbe.probe(picture, 0, picture.length, ample)).isInstanceOf(Accepted.class);
    assertThat(PictureProbe.probe(picture, 0, picture.length, scarce))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_SCANS);
              assertThat(refused.message())
                  .contains(scans + " scans of 1,200 pixels", "max-pixels");
            });
  }

  @Test
  void probe_moreScansThanAllowed_saysTheLimit() {
    byte[] picture = Pictures.withScans(Pictures.progressiveJpeg(40, 30), 5_000);
    assertThat(assertRefused(picture, Reason.TOO_MANY_SCANS).message())
        .contains("64 scans", "frames.max-scans");
    assertThat(probe(Pictures.withScans(Pictures.progressiveJpeg(40, 30), 54)))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void probe_orientationInExif_isReadInBothByteOrders() {
    for (boolean littleEndian : new boolean[] {true, false}) {
      for (int value = 1; value <= 8; value++) {
        byte[] exif = Pictures.exif(value, littleEndian);
        assertThat(orientation(Pictures.jpegWithExif(Pictures.baselineJpeg(40, 30), exif)))
            .isEqualTo(Orientation.values()[value - 1]);
        assertThat(orientation(Pictures.pngWithExif(Pictures.png8(40, 30), exif)))
            .isEqualTo(Orientation.values()[value - 1]);
      }
    }
  }

  @Test
  void probe_exifBrokenOff_isTakenAsUpright() {
    byte[] exif = Pictures.exif(6, true);
    for (int length = 0; length < exif.length - 4; length++) {
      byte[] cut = Arrays.copyOf(exif, length);
      assertThat(orientation(Pictures.jpegWithExif(Pictures.baselineJpeg(40, 30), cut)))
          .isEqualTo(Orientation.UPRIGHT);
    }
  }

  @Test
  void probe_orientationOfNoMeaning_isTakenAsUpright() {
    for (int value : new int[] {0, 9, 0xFFFF}) {
      byte[] exif = Pictures.exif(value, true);
      assertThat(orientation(Pictures.jpegWithExif(Pictures.baselineJpeg(40, 30), exif)))
          .isEqualTo(Orientation.UPRIGHT);
    }
  }

  @Test
  void probe_exifWithItsNameItsMagicOrATypeDamaged_isStillRead() {
    for (boolean littleEndian : new boolean[] {true, false}) {
      byte[] sound =
          Pictures.jpegWithExif(Pictures.baselineJpeg(40, 30), Pictures.exif(6, littleEndian));
      for (int at : new int[] {6, 7, 8, 9, 10, 11, 14, 15, 24, 25}) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] damaged = sound.clone();
          damaged[at] ^= (byte) (1 << bit);
          assertThat(orientation(damaged)).as("%d %d", at, bit).isEqualTo(Orientation.TURNED_90);
        }
      }
    }
  }

  @Test
  void probe_exifWithoutNameAndMagic_isNotTakenForExif() {
    byte[] picture = Pictures.jpegWithExif(Pictures.baselineJpeg(40, 30), Pictures.exif(6, true));
    picture[6] = 'X';
    picture[14] = 'X';
    assertThat(orientation(picture)).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void info_turnedPicture_hasItsSidesSwapped() {
    byte[] exif = Pictures.exif(6, true);
    PictureInfo info =
        ((Accepted) probe(Pictures.jpegWithExif(Pictures.baselineJpeg(40, 30), exif))).info();
    assertThat(info.widthPixels()).isEqualTo(40);
    assertThat(info.uprightWidthPixels()).isEqualTo(30);
    assertThat(info.uprightHeightPixels()).isEqualTo(40);
  }

  private static Orientation orientation(byte[] picture) {
    return ((Accepted) probe(picture)).info().orientation();
  }

  @Test
  void probe_heightAfterThePicture_isUnsupported() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    putUint16(picture, find(picture, 0xC0) + 5, 0);
    assertRefused(picture, Reason.UNSUPPORTED);
  }

  @Test
  void probe_segmentLengthBelowTwo_isCorrupt() {
    assertRefused(Pictures.bytes(0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0xFF, 0xD9), Reason.CORRUPT_HEADER);
  }

  @Test
  void probe_endWithoutAnyScan_isCorrupt() {
    assertRefused(Pictures.bytes(0xFF, 0xD8, 0xFF, 0xD9), Reason.CORRUPT_HEADER);
  }

  @Test
  void probe_twoFrameHeaders_isCorrupt() {
    byte[] picture = Pictures.baselineJpeg(40, 30);
    int frameHeader = find(picture, 0xC0);
    byte[] header = Arrays.copyOfRange(picture, frameHeader, frameHeader + 19);
    byte[] twice =
        Pictures.join(Arrays.copyOf(picture, frameHeader), header, rest(picture, frameHeader));
    assertRefused(twice, Reason.CORRUPT_HEADER);
  }

  @Test
  void probe_endlessRowOfSegments_isRefused() {
    byte[] row = new byte[6 + 4 * 10_000];
    for (int at = 2; at + 4 <= row.length; at += 4) {
      System.arraycopy(Pictures.bytes(0xFF, 0xFE, 0, 2), 0, row, at, 4);
    }
    System.arraycopy(Pictures.bytes(0xFF, 0xD8), 0, row, 0, 2);
    assertThat(assertRefused(row, Reason.CORRUPT_HEADER).message()).contains("4,096 segments");
  }

  @Test
  void probe_pngHeaderChecksumWrong_isCorrupt() {
    byte[] picture = Pictures.png8(40, 30);
    picture[19] ^= 1;
    assertThat(assertRefused(picture, Reason.CORRUPT_HEADER).message()).contains("checksum");
  }

  @Test
  void probe_webpCanvasUnlikeItsPicture_isCorrupt() {
    assertRefused(Pictures.extendedWebp(0, 5, 6), Reason.CORRUPT_HEADER);
  }

  @Test
  void probe_animatedWebp_isUnsupported() {
    assertRefused(Pictures.extendedWebp(0x02, 4, 6), Reason.UNSUPPORTED);
  }

  static Probed probe(byte[] bytes) {
    return PictureProbe.probe(bytes, 0, bytes.length, LIMITS);
  }

  private static Refused assertRefused(byte[] bytes, Reason reason) {
    Probed probed = probe(bytes);
    assertThat(probed).isInstanceOf(Refused.class);
    Refused refused = (Refused) probed;
    assertThat(refused.reason()).as(refused.message()).isEqualTo(reason);
    return refused;
  }

  private static void assertInfo(
      byte[] bytes, ImageFormat format, int width, int height, int components, int bits) {
    assertThat(probe(bytes))
        .isEqualTo(new Accepted(new PictureInfo(format, width, height, components, bits)));
  }

  private static void assertWebp(
      byte[] bytes, int width, int height, int components, Coding coding) {
    PictureInfo expected =
        new PictureInfo(
            ImageFormat.WEBP, width, height, components, 8, coding, 1, Orientation.UPRIGHT);
    assertThat(probe(bytes)).isEqualTo(new Accepted(expected));
    assertThat(expected.isVerifiable()).isEqualTo(coding == Coding.SEQUENTIAL);
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static int find(byte[] jpeg, int marker) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != marker) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
    }
    return at;
  }

  private static void putUint16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
