package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.imagebus.image.codec.PictureException;
import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DcDecoderTest {

  @ParameterizedTest
  @CsvSource({"1,1,200,120,50", "2,1,200,120,98", "2,2,200,120,75", "2,2,33,70,100", "1,1,1,1,75"})
  void decode_ofAnySampling_isTheMeanOfEachBlock(
      int horizontal, int vertical, int width, int height, int quality) throws PictureException {
    BufferedImage source = Pictures.scene(width, height, 4);
    byte[] picture = SampledPictures.jpeg(source, horizontal, vertical, quality);
    DcMap map = new DcMap();
    new DcDecoder().decode(picture, Pictures.info(width, height), map);
    assertThat(map.width()).isEqualTo((width + 7) / 8);
    assertThat(map.height()).isEqualTo((height + 7) / 8);
    BufferedImage decoded = Pictures.decode(picture);
    for (int y = 0; y < height / 8; y++) {
      for (int x = 0; x < width / 8; x++) {
        int sum = 0;
        for (int i = 0; i < 64; i++) {
          sum += Pictures.luma(decoded, x * 8 + i % 8, y * 8 + i / 8);
        }
        assertThat((double) map.grey(x, y)).isCloseTo(sum / 64.0, within(3.0));
      }
    }
  }
}
