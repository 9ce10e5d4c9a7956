package io.imagebus.image.dct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.PictureSize;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void encode_ofTurnedPicture_isUpright(Orientation orientation) throws PictureException {
    BufferedImage upright = Pictures.scene(96, 64, 8);
    BufferedImage stored = asStored(upright, orientation);
    PictureInfo info = Pictures.info(stored.getWidth(), stored.getHeight(), orientation);
    PictureSize size = new PictureSize(48, 32);
    try (DecodedPicture decoded = codec.decode(Pictures.jpeg(stored, 0.95f), info, size)) {
      assertThat(decoded.sourceSize()).isEqualTo(new PictureSize(96, 64));
      EncodedPicture small = decoded.encode(new Encoding(size, ImageFormat.JPEG, 95));
      assertThat(Pictures.psnr(Pictures.reduced(upright, 2), Pictures.decode(small.bytes())))
          .isGreaterThan(30);
      assertThat(decoded.similarity(small)).isBetween(0.95, 1.0);
    }
  }

  /** The picture that is mirrored and turned to become {@code upright}. */
  private static BufferedImage asStored(BufferedImage upright, Orientation orientation) {
    BufferedImage image = upright;
    for (int i = 0; i < (4 - orientation.quarterTurns()) % 4; i++) {
      image = turnedClockwise(image);
    }
    return orientation.mirrored() ? mirrored(image) : image;
  }

  private static BufferedImage turnedClockwise(BufferedImage image) {
    int width = image.getHeight();
    int height = image.getWidth();
    BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        turned.setRGB(x, y, image.getRGB(y, width - 1 - x));
      }
    }
    return turned;
  }

  private static BufferedImage mirrored(BufferedImage image) {
    int width = image.getWidth();
    BufferedImage mirrored =
        new BufferedImage(width, image.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        mirrored.setRGB(x, y, image.getRGB(width - 1 - x, y));
      }
    }
    return mirrored;
  }

  @Test
  void encode_ofGreyPicture_staysGrey() throws PictureException {
    BufferedImage grey = new BufferedImage(100, 50, BufferedImage.TYPE_BYTE_GRAY);
    grey.getGraphics().drawImage(Pictures.scene(100, 50, 2), 0, 0, null);
    EncodedPicture small = transcode(Pictures.jpeg(grey, 0.9f), grey, 50, 25, 80);
    assertThat(Pictures.decode(small.bytes()).getColorModel().getNumComponents()).isEqualTo(1);
  }

  @Test
  void encode_toAnotherFormat_leavesItToAnotherCodec() throws PictureException {
    BufferedImage source = Pictures.scene(64, 64, 2);
    PictureSize size = new PictureSize(32, 32);
    try (DecodedPicture decoded =
        codec.decode(Pictures.jpeg(source, 0.9f), Pictures.info(64, 64), size)) {
      assertThatThrownBy(() -> decoded.encode(new Encoding(size, ImageFormat.PNG, 50)))
          .isInstanceOfSatisfying(
              PictureException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOR_THIS_CODEC));
    }
  }

  @Test
  void transcode_ofManyFrames_allocatesLittleMoreThanItsResults() throws PictureException {
    BufferedImage source = Pictures.scene(640, 360, 2);
    byte[] picture = Pictures.jpeg(source, 0.9f);
    long results = 0;
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < 60; i++) {
      if (i == 20) {
        before = threads.getCurrentThreadAllocatedBytes();
        results = 0;
      }
      results += transcode(picture, source, 480, 270, 90).bytes().length;
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(results * 3 / 2);
  }
}
