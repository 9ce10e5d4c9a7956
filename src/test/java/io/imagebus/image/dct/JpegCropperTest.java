package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.image.codec.PictureException;
import io.imagebus.image.dct.JpegCropper.Cropped;
import io.imagebus.image.dct.JpegCropper.Region;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegCropperTest {
  private static final BufferedImage SOURCE = Pictures.scene(203, 149, 11);

  private final JpegCropper cropper = new JpegCropper();

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "1,2", "2,2"})
  void crop_ofAnySampling_losesNothing(int horizontal, int vertical) throws PictureException {
    byte[] picture = SampledPictures.jpeg(SOURCE, horizontal, vertical, 80);
    Cropped cropped = cropper.crop(picture, Pictures.info(203, 149), new Region(50, 37, 100, 112));
    Region region = cropped.region();
    assertThat(region.left()).isEqualTo(48);
    assertThat(region.top()).isEqualTo(37 / (8 * vertical) * 8 * vertical);
    assertThat(region.left() + region.width()).isEqualTo(150);
    assertThat(region.top() + region.height()).isEqualTo(149);
    Plane whole = luma(picture);
    Plane part = luma(cropped.picture());
    assertThat(part.width()).isEqualTo(region.width());
    for (int y = 0; y < part.height(); y++) {
      for (int x = 0; x < part.width(); x++) {
        assertThat(part.samples()[y * part.stride() + x])
            .isEqualTo(whole.samples()[(y + region.top()) * whole.stride() + x + region.left()]);
      }
    }
    BufferedImage decoded = Pictures.decode(cropped.picture());
    assertThat(decoded.getHeight()).isEqualTo(region.height());
  }

  private static Plane luma(byte[] picture) throws PictureException {
    Plane plane = new Plane();
    new PlaneDecoder().decode(picture, new JpegParser().parse(picture), BlockScale.FULL, plane);
    return plane;
  }

  @Test
  void crop_outsideOfThePicture_isRefused() {
    byte[] picture = SampledPictures.jpeg(SOURCE, 2, 2, 80);
    Region outside = new Region(150, 0, 54, 20);
    assertThatThrownBy(() -> cropper.crop(picture, Pictures.info(203, 149), outside))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
