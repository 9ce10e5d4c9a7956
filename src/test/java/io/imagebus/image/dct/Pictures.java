package io.imagebus.image.dct;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Coding;
import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Test pictures: made, and decoded by the JDK's own codec. */
final class Pictures {
  private Pictures() {}

  /** A picture with gradients, edges, coloured discs and a little noise. */
  static BufferedImage scene(int width, int height, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int discs = 12;
    int[] xs = random.ints(discs, 0, width).toArray();
    int[] ys = random.ints(discs, 0, height).toArray();
    int[] radii = random.ints(discs, 3, Math.max(4, width / 6)).toArray();
    int[] colours = random.ints(discs, 0, 1 << 24).toArray();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = 40 + x * 150 / width;
        int green = 60 + y * 120 / height;
        int blue = 128 + (int) (60 * Math.sin(x / 9.0) * Math.cos(y / 7.0));
        for (int d = 0; d < discs; d++) {
          int dx = x - xs[d];
          int dy = y - ys[d];
          if (dx * dx + dy * dy < radii[d] * radii[d]) {
            red = (red + (colours[d] >> 16 & 255)) / 2;
            green = (green + (colours[d] >> 8 & 255)) / 2;
            blue = (blue + (colours[d] & 255)) / 2;
          }
        }
        int noise = random.nextInt(9) - 4;
        image.setRGB(
            x, y, limit(red + noise) << 16 | limit(green + noise) << 8 | limit(blue + noise));
      }
    }
    return image;
  }

  static int limit(int value) {
    return Math.min(Math.max(value, 0), 255);
  }

  /** Encoded by the JDK, which makes 4:2:0 of colours. */
  static byte[] jpeg(BufferedImage image, float quality, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      param.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new AssertionError(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static byte[] jpeg(BufferedImage image, float quality) {
    return jpeg(image, quality, false);
  }

  static BufferedImage decode(byte[] picture) {
    try {
      return ImageIO.read(new ByteArrayInputStream(picture));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static int luma(BufferedImage image, int x, int y) {
    int rgb = image.getRGB(x, y);
    return (int)
        Math.round(0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255));
  }

  /** Of the luma, in dB; 99 for equal ones. */
  static double psnr(BufferedImage one, BufferedImage other) {
    double squares = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        int difference = luma(one, x, y) - luma(other, x, y);
        squares += difference * difference;
      }
    }
    double mean = squares / one.getWidth() / one.getHeight();
    return mean == 0 ? 99 : 10 * Math.log10(255 * 255 / mean);
  }

  /** Scaled down by areas of whole pixels. */
  static BufferedImage reduced(BufferedImage image, int by) {
    int width = image.getWidth() / by;
    int height = image.getHeight() / by;
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int[] sums = new int[3];
        for (int i = 0; i < by * by; i++) {
          int rgb = image.getRGB(x * by + i % by, y * by + i / by);
          sums[0] += rgb >> 16 & 255;
          sums[1] += rgb >> 8 & 255;
          sums[2] += rgb & 255;
        }
        int area = by * by;
        small.setRGB(x, y, sums[0] / area << 16 | sums[1] / area << 8 | sums[2] / area);
      }
    }
    return small;
  }

  static PictureInfo info(int width, int height, Orientation orientation) {
    return new PictureInfo(
        ImageFormat.JPEG, width, height, 3, 8, Coding.SEQUENTIAL, 1, orientation);
  }

  static PictureInfo info(int width, int height) {
    return new PictureInfo(ImageFormat.JPEG, width, height, 3, 8);
  }
}
