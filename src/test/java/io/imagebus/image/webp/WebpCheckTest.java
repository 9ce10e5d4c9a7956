package io.imagebus.image.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.Pictures;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.FfmpegCodec;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.codec.TestPictures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebpCheckTest {
  private static final int RIFF_AND_CHUNK_HEADER = 20;

  private final WebpCheck check = new WebpCheck();

  /** By several encoders: partitions, palettes, caches of colours, groups of codes, alpha. */
  static Stream<String> sound() {
    return Stream.concat(
        Stream.of("lossy.webp", "lossless.webp", "alpha.webp"),
        Stream.of(
                "libvpx-s4-q50",
                "libvpx-s8-q50",
                "lossy-17x15-q95-m6",
                "lossy-1x1-q50-m4",
                "alpha-33x70-aq50-m6",
                "flatll-17x15",
                "noisell-16x16",
                "pal3-33x70",
                "pal16-255x31",
                "pal200-33x70")
            .map(name -> "webp/" + name + ".webp"));
  }

  @ParameterizedTest
  @MethodSource("sound")
  void check_soundPicture_passes(String name) {
    byte[] picture = TestPictures.bytes(name);
    assertThatCode(() -> check.check(picture, TestPictures.info(picture)))
        .doesNotThrowAnyException();
  }

  @Test
  void check_smallestPictures_pass() {
    for (byte[] picture : List.of(Pictures.losslessWebp(), Pictures.lossyWebp())) {
      assertThatCode(() -> check.check(picture, TestPictures.info(picture)))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void check_whatTheCodecMakes_passesAtEveryQualityAndSize() throws PictureException {
    byte[] source = TestPictures.bytes("reference.png");
    PictureInfo info = TestPictures.info(source);
    try (PictureCodec codec = new FfmpegCodec()) {
      for (PictureSize size : List.of(new PictureSize(320, 180), new PictureSize(161, 89))) {
        try (DecodedPicture decoded = codec.decode(source, info, size)) {
          for (int quality = 1; quality <= 100; quality += 9) {
            byte[] made = decoded.encode(new Encoding(size, ImageFormat.WEBP, quality)).bytes();
            check.check(made, TestPictures.info(made));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "webp/libvpx-s8-q50.webp"})
  void check_oneBitOfALossyPictureTurned_isSeldomMissed(String name) {
    assertThat(missed(TestPictures.bytes(name))).isLessThan(0.02);
  }

  /** Which share of the bits behind the headers can be turned without being noticed. */
  private double missed(byte[] whole) {
    PictureInfo info = TestPictures.info(whole);
    int missed = 0;
    int tried = 0;
    for (int bit = (RIFF_AND_CHUNK_HEADER + 10) * 8; bit < whole.length * 8 - 8; bit += 37) {
      byte[] mutant = whole.clone();
      mutant[bit / 8] ^= (byte) (1 << bit % 8);
      tried++;
      missed += isDamaged(mutant, info) ? 0 : 1;
    }
    assertThat(tried).isGreaterThan(400);
    return (double) missed / tried;
  }

  @ParameterizedTest
  @MethodSource("sound")
  void check_endMissing_isDamaged(String name) {
    byte[] whole = TestPictures.bytes(name);
    PictureInfo info = TestPictures.info(whole);
    for (int length = RIFF_AND_CHUNK_HEADER; length < whole.length - 2; length += 1 + length / 9) {
      assertThat(isDamaged(Arrays.copyOf(whole, length), info)).as("%d", length).isTrue();
    }
  }

  /** The chunk says that it is shorter, so nothing but its data tells. */
  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossless.webp", "webp/libvpx-s4-q50.webp"})
  void check_dataShorterThanItsBlocks_isDamaged(String name) {
    byte[] whole = TestPictures.bytes(name);
    PictureInfo info = TestPictures.info(whole);
    byte[] shorter = Arrays.copyOf(whole, whole.length * 3 / 4 & ~1);
    int dataBytes = shorter.length - RIFF_AND_CHUNK_HEADER;
    for (int i = 0; i < Integer.BYTES; i++) {
      shorter[RIFF_AND_CHUNK_HEADER - Integer.BYTES + i] = (byte) (dataBytes >> 8 * i);
    }
    assertThat(isDamaged(shorter, info)).isTrue();
  }

  private boolean isDamaged(byte[] picture, PictureInfo info) {
    try {
      check.check(picture, info);
      return false;
    } catch (PictureException e) {
      assertThat(e.reason()).isEqualTo(Reason.DAMAGED);
      return true;
    }
  }
}
