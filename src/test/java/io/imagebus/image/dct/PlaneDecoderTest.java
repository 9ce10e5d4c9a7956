package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.image.codec.PictureException;
import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneDecoderTest {
  private final JpegParser parser = new JpegParser();
  private final PlaneDecoder decoder = new PlaneDecoder();

  @ParameterizedTest
  @CsvSource({
    "1,1,1,1",
    "2,2,1,1",
    "1,1,17,9",
    "2,1,17,9",
    "1,2,17,9",
    "2,2,17,9",
    "4,1,17,9",
    "1,1,64,48",
    "2,1,65,47",
    "1,2,63,49",
    "2,2,131,97"
  })
  void decode_ofEverySampling_agreesWithTheJdk(int horizontal, int vertical, int width, int height)
      throws PictureException {
    BufferedImage source = Pictures.scene(width, height, 7);
    byte[] picture = SampledPictures.jpeg(source, horizontal, vertical, 90);
    for (int restart : new int[] {0, 1, 3}) {
      byte[] tested = restart == 0 ? picture : SampledPictures.withRestarts(picture, restart);
      assertThat(lumaDifference(tested)).as("restart interval %d", restart).isLessThan(1.5);
    }
  }

  private double lumaDifference(byte[] picture) throws PictureException {
    Plane[] planes = {new Plane(), new Plane(), new Plane()};
    decoder.decode(picture, parser.parse(picture), BlockScale.FULL, planes);
    BufferedImage decoded = Pictures.decode(picture);
    assertThat(planes[0].width()).isEqualTo(decoded.getWidth());
    assertThat(planes[0].height()).isEqualTo(decoded.getHeight());
    double sum = 0;
    for (int y = 0; y < decoded.getHeight(); y++) {
      for (int x = 0; x < decoded.getWidth(); x++) {
        int luma = planes[0].samples()[y * planes[0].stride() + x] & 0xFF;
        sum += Math.abs(luma - Pictures.luma(decoded, x, y));
      }
    }
    return sum / decoded.getWidth() / decoded.getHeight();
  }

  @ParameterizedTest
  @EnumSource(BlockScale.class)
  void decode_atEveryScale_looksLikeTheReducedPicture(BlockScale scale) throws PictureException {
    BufferedImage source = Pictures.scene(320, 240, 3);
    byte[] picture = Pictures.jpeg(source, 0.95f);
    Plane luma = new Plane();
    decoder.decode(picture, parser.parse(picture), scale, luma);
    BufferedImage reduced = Pictures.reduced(source, 8 / scale.side());
    double squares = 0;
    for (int y = 0; y < luma.height(); y++) {
      for (int x = 0; x < luma.width(); x++) {
        int sample = luma.samples()[y * luma.stride() + x] & 0xFF;
        int difference = sample - Pictures.luma(reduced, x, y);
        squares += difference * difference;
      }
    }
    double meanSquare = squares / luma.width() / luma.height();
    assertThat(10 * Math.log10(255 * 255 / meanSquare)).isGreaterThan(35);
  }
}
