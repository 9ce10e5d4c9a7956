package io.imagebus.image.codec;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed.Accepted;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * The pictures of {@code src/test/resources/pictures}, and how to look at what was made of them.
 */
public final class TestPictures {
  /** One photograph in every kind that is let in, all of 320 x 180 when upright, opaque. */
  public static final String[] OF_FULL_SIZE = {
    "baseline-420.jpg",
    "baseline-422.jpg",
    "baseline-444.jpg",
    "progressive.jpg",
    "restarts.jpg",
    "gray.jpg",
    "cmyk.jpg",
    "lossy.webp",
    "turned.jpg",
    "reference.png",
  };

  /** The same at 160 x 90, opaque. */
  public static final String[] OF_HALF_SIZE = {"rgb16.png", "palette.png", "lossless.webp"};

  private static final PictureLimits LIMITS = new PictureLimits(16 << 20, 100_000_000);

  private TestPictures() {}

  public static byte[] bytes(String name) {
    try (InputStream in = TestPictures.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static PictureInfo info(byte[] picture) {
    return ((Accepted) PictureProbe.probe(picture, 0, picture.length, LIMITS)).info();
  }

  /** Decodes with the readers of the JDK and its plug-ins. */
  public static BufferedImage image(byte[] picture) {
    try {
      return ImageIO.read(new ByteArrayInputStream(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The original photograph, scaled by averaging to a whole fraction of its 320 x 180. */
  public static BufferedImage reference(PictureSize size) {
    BufferedImage whole = image(bytes("reference.png"));
    int ratio = whole.getWidth() / size.widthPixels();
    BufferedImage small =
        new BufferedImage(size.widthPixels(), size.heightPixels(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < size.heightPixels(); y++) {
      for (int x = 0; x < size.widthPixels(); x++) {
        int[] sums = new int[3];
        for (int i = 0; i < ratio * ratio; i++) {
          int rgb = whole.getRGB(x * ratio + i % ratio, y * ratio + i / ratio);
          for (int band = 0; band < 3; band++) {
            sums[band] += rgb >> (16 - 8 * band) & 0xFF;
          }
        }
        int n = ratio * ratio;
        small.setRGB(x, y, sums[0] / n << 16 | sums[1] / n << 8 | sums[2] / n);
      }
    }
    return small;
  }

  /** The luma by ITU-R BT.601, row by row. */
  public static byte[] luma(BufferedImage image) {
    byte[] luma = new byte[image.getWidth() * image.getHeight()];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        double value =
            0.299 * (rgb >> 16 & 0xFF) + 0.587 * (rgb >> 8 & 0xFF) + 0.114 * (rgb & 0xFF);
        luma[y * image.getWidth() + x] = (byte) Math.round(value);
      }
    }
    return luma;
  }

  /** Mean red, green and blue of a part: columns from (inclusive) to (exclusive). */
  public static double[] meanColour(BufferedImage image, int fromX, int toX) {
    double[] sums = new double[3];
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = fromX; x < toX; x++) {
        int rgb = image.getRGB(x, y);
        for (int band = 0; band < 3; band++) {
          sums[band] += rgb >> (16 - 8 * band) & 0xFF;
        }
      }
    }
    int pixels = image.getHeight() * (toX - fromX);
    return new double[] {sums[0] / pixels, sums[1] / pixels, sums[2] / pixels};
  }
}
