package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.imagebus.image.codec.PictureException;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JpegCoefficientsTest {
  private static final BufferedImage SOURCE = Pictures.scene(400, 304, 5);
  private static final byte[] PICTURE = Pictures.jpeg(SOURCE, 0.9f);

  private final JpegCoefficients coefficients = new JpegCoefficients();

  @ParameterizedTest
  @EnumSource(HuffmanMode.class)
  void encode_atTheQualityOfTheSource_showsTheSamePixels(HuffmanMode mode) throws PictureException {
    byte[] source = SampledPictures.jpeg(SOURCE, 2, 2, 85);
    coefficients.load(source, Pictures.info(400, 304));
    byte[] same = coefficients.encode(85, mode);
    assertThat(Pictures.psnr(Pictures.decode(source), Pictures.decode(same))).isEqualTo(99);
    if (mode == HuffmanMode.OPTIMISED) {
      assertThat(same.length).isLessThan(source.length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 50, 75})
  void encode_atLowerQuality_isAsGoodAsOverPixels(int quality) throws PictureException {
    coefficients.load(PICTURE, Pictures.info(400, 304));
    byte[] requantised = coefficients.encode(quality, HuffmanMode.STANDARD);
    BufferedImage decoded = Pictures.decode(PICTURE);
    double direct = Pictures.psnr(decoded, Pictures.decode(requantised));
    double atSameSize = psnrOverPixels(decoded, requantised.length);
    assertThat(direct).isGreaterThan(atSameSize - 0.1);
  }

  /** Of pixel encodings just below and above the size, interpolated. */
  private static double psnrOverPixels(BufferedImage image, int bytes) {
    int quality = 2;
    while (SampledPictures.jpeg(image, 2, 2, quality).length < bytes) {
      quality++;
    }
    byte[] below = SampledPictures.jpeg(image, 2, 2, quality - 1);
    byte[] above = SampledPictures.jpeg(image, 2, 2, quality);
    double low = Pictures.psnr(image, Pictures.decode(below));
    double high = Pictures.psnr(image, Pictures.decode(above));
    return low + (high - low) * (bytes - below.length) / (above.length - below.length);
  }

  @ParameterizedTest
  @EnumSource(HuffmanMode.class)
  void exactBytes_ofAnyQuality_isTheLengthOfTheEncoding(HuffmanMode mode) throws PictureException {
    coefficients.load(PICTURE, Pictures.info(400, 304));
    for (int quality = 1; quality <= 100; quality += 9) {
      byte[] encoded = coefficients.encode(quality, mode);
      assertThat(coefficients.exactBytes(quality, mode)).isEqualTo(encoded.length);
      assertThat(coefficients.estimatedBytes(quality, mode))
          .isCloseTo(encoded.length, within(encoded.length / 100));
    }
  }

  @Test
  void estimatedBytes_ofEveryEighthMcu_isNear() throws PictureException {
    JpegCoefficients sample = new JpegCoefficients();
    sample.sample(PICTURE, Pictures.info(400, 304), 7);
    coefficients.load(PICTURE, Pictures.info(400, 304));
    for (int quality = 10; quality <= 90; quality += 20) {
      int exact = coefficients.exactBytes(quality, HuffmanMode.STANDARD);
      assertThat(sample.estimatedBytes(quality, HuffmanMode.STANDARD))
          .isCloseTo(exact, within(exact / 8));
    }
    assertThatThrownBy(() -> sample.encode(50, HuffmanMode.STANDARD))
        .isInstanceOf(IllegalStateException.class);
  }
}
