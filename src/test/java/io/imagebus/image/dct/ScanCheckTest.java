package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.TestPictures;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanCheckTest {
  private final ScanCheck check = new ScanCheck();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "baseline-420.jpg",
        "baseline-422.jpg",
        "baseline-444.jpg",
        "restarts.jpg",
        "gray.jpg",
        "turned.jpg",
        "cmyk.jpg"
      })
  void check_soundPictureOfEveryColours_passes(String name) {
    byte[] picture = TestPictures.bytes(name);
    assertThatCode(() -> check.check(picture, TestPictures.info(picture)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline-420.jpg", "restarts.jpg", "cmyk.jpg"})
  void check_dataLeftOver_isDamaged(String name) {
    byte[] whole = TestPictures.bytes(name);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    int end = whole.length - 2;
    longer[end] = 0x55;
    System.arraycopy(whole, end, longer, end + 1, 2);
    assertThat(verdict(longer, TestPictures.info(whole))).isEqualTo(Reason.DAMAGED);
  }

  @Test
  void check_progressive_cannotTell() {
    byte[] picture = TestPictures.bytes("progressive.jpg");
    assertThat(verdict(picture, TestPictures.info(picture))).isEqualTo(Reason.NOT_FOR_THIS_CODEC);
  }

  @Test
  void check_anotherSizeThanProbed_isDamaged() {
    byte[] picture = TestPictures.bytes("cmyk.jpg");
    PictureInfo other = TestPictures.info(TestPictures.bytes("rgb16.png"));
    assertThatThrownBy(() -> check.check(picture, other)).isInstanceOf(PictureException.class);
  }

  private Reason verdict(byte[] picture, PictureInfo info) {
    try {
      check.check(picture, info);
    } catch (PictureException e) {
      return e.reason();
    }
    throw new AssertionError("passed");
  }
}
