package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.Pictures;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.TestPictures;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScansCheckTest {
  private final ScansCheck check = new ScansCheck();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "progressive.jpg",
        "scans/progressive-restarts.jpg",
        "scans/progressive-gray.jpg",
        "scans/sequential-apart.jpg",
        "baseline-420.jpg",
        "baseline-422.jpg",
        "restarts.jpg",
        "gray.jpg",
        "cmyk.jpg"
      })
  void check_soundPicture_passes(String name) {
    byte[] picture = TestPictures.bytes(name);
    assertThatCode(() -> check.check(picture, TestPictures.info(picture)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"40,30", "1,1", "8,8", "17,33", "250,3"})
  void check_progressivePictureOfAnySize_passes(int width, int height) {
    byte[] picture = Pictures.progressiveJpeg(width, height);
    assertThatCode(() -> check.check(picture, TestPictures.info(picture)))
        .doesNotThrowAnyException();
  }

  @Test
  void check_restartMarkersOfAProgressivePicture_haveToCountUp() {
    byte[] picture = TestPictures.bytes("scans/progressive-restarts.jpg");
    PictureInfo info = TestPictures.info(picture);
    int found = 0;
    for (int at = 0; at < picture.length - 1; at++) {
      if (picture[at] == (byte) 0xFF && (picture[at + 1] & 0xF8) == 0xD0) {
        byte[] mutant = picture.clone();
        mutant[at + 1] ^= 1;
        assertThat(verdict(mutant, info)).isEqualTo(Reason.DAMAGED);
        found++;
      }
    }
    assertThat(found).isGreaterThan(10);
  }

  /** A bit of a value changes no length, and nothing can tell; most bits are such. */
  @ParameterizedTest
  @ValueSource(strings = {"progressive.jpg", "scans/progressive-restarts.jpg"})
  void check_oneByteTurned_isFoundMoreOftenThanNot(String name) {
    byte[] whole = TestPictures.bytes(name);
    PictureInfo info = TestPictures.info(whole);
    int missed = 0;
    int tried = 0;
    for (int at = 1_000; at < whole.length - 2; at += 7) {
      byte[] mutant = whole.clone();
      mutant[at] ^= 0x5A;
      missed += verdict(mutant, info) == null ? 1 : 0;
      tried++;
    }
    assertThat((double) missed / tried).isLessThan(0.5);
  }

  @Test
  void check_aScanLeftOut_isDamaged() {
    byte[] picture = TestPictures.bytes("progressive.jpg");
    PictureInfo info = TestPictures.info(picture);
    int second = find(picture, 0xDA, find(picture, 0xDA, 0) + 2);
    int third = find(picture, 0xDA, second + 2);
    int fourth = find(picture, 0xDA, third + 2);
    byte[] without =
        Pictures.join(
            Arrays.copyOf(picture, third), Arrays.copyOfRange(picture, fourth, picture.length));
    // One that tells bits that only the missing one leads up to follows somewhere.
    assertThat(verdict(without, info)).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void check_emptyScansTooMany_areDamaged() {
    byte[] picture = Pictures.withScans(Pictures.progressiveJpeg(40, 30), 3);
    assertThat(verdict(picture, TestPictures.info(picture))).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void check_endsInTheMiddleOfAScan_isDamaged() {
    byte[] whole = TestPictures.bytes("progressive.jpg");
    PictureInfo info = TestPictures.info(whole);
    for (int length = 2_000; length < whole.length - 2; length += 500) {
      byte[] part = Arrays.copyOf(whole, length);
      part[length - 2] = (byte) 0xFF;
      part[length - 1] = (byte) 0xD9;
      assertThat(verdict(part, info)).as("%d", length).isEqualTo(Reason.DAMAGED);
    }
  }

  private static int find(byte[] picture, int marker, int from) {
    int at = from;
    while (picture[at] != (byte) 0xFF || (picture[at + 1] & 0xFF) != marker) {
      at++;
    }
    return at;
  }

  private @Nullable Reason verdict(byte[] picture, PictureInfo info) {
    try {
      check.check(picture, info);
      return null;
    } catch (PictureException e) {
      return e.reason();
    }
  }
}
