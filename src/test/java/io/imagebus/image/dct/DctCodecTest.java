package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import java.awt.image.BufferedImage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DctCodecTest {
  private final DctCodec codec = new DctCodec();

  private EncodedPicture transcode(
      byte[] picture, BufferedImage like, int width, int height, int quality)
      throws PictureException {
    PictureSize size = new PictureSize(width, height);
    try (DecodedPicture decoded =
        codec.decode(picture, Pictures.info(like.getWidth(), like.getHeight()), size)) {
      return decoded.encode(new Encoding(size, ImageFormat.JPEG, quality));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16})
  void encode_ofSmallerPicture_looksLikeTheScaledSource(int by) throws PictureException {
    BufferedImage source = Pictures.scene(480, 240, 1);
    byte[] picture = Pictures.jpeg(source, 0.95f);
    EncodedPicture small = transcode(picture, source, 480 / by, 240 / by, 95);
    BufferedImage decoded = Pictures.decode(small.bytes());
    assertThat(decoded.getWidth()).isEqualTo(480 / by);
    assertThat(Pictures.psnr(Pictures.reduced(source, by), decoded)).isGreaterThan(32);
  }
}
