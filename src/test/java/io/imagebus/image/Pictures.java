package io.imagebus.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small real pictures for tests. */
public final class Pictures {

  private Pictures() {}

  /** A sequential JPEG of one scan. */
  public static byte[] baselineJpeg(int widthPixels, int heightPixels) {
    return jpeg(drawn(widthPixels, heightPixels, BufferedImage.TYPE_INT_RGB), false);
  }

  public static byte[] progressiveJpeg(int widthPixels, int heightPixels) {
    return jpeg(drawn(widthPixels, heightPixels, BufferedImage.TYPE_INT_RGB), true);
  }

  static byte[] grayJpeg(int widthPixels, int heightPixels) {
    return jpeg(drawn(widthPixels, heightPixels, BufferedImage.TYPE_BYTE_GRAY), false);
  }

  /** A JPEG whose APP1 segment holds another whole JPEG, as cameras store thumbnails. */
  public static byte[] jpegWithThumbnail(int widthPixels, int heightPixels) {
    byte[] thumbnail = baselineJpeg(8, 8);
    byte[] picture = baselineJpeg(widthPixels, heightPixels);
    int segmentBytes = 2 + thumbnail.length;
    byte[] header = bytes(0xFF, 0xD8, 0xFF, 0xE1, segmentBytes >> 8, segmentBytes);
    return join(header, thumbnail, Arrays.copyOfRange(picture, 2, picture.length));
  }

  static byte[] png8(int widthPixels, int heightPixels) {
    return png(drawn(widthPixels, heightPixels, BufferedImage.TYPE_INT_ARGB));
  }

  static byte[] png16(int widthPixels, int heightPixels) {
    BufferedImage image =
        new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_USHORT_GRAY);
    WritableRaster raster = image.getRaster();
    for (int x = 0; x < widthPixels; x++) {
      raster.setSample(x, x % heightPixels, 0, x * 4099);
    }
    return png(image);
  }

  /** 3 x 2 pixels, lossless. */
  static byte[] losslessWebp() {
    return hex(
        "524946462c000000574542505650384c1f0000002f024000001f201048da"
            + "1f7a8df9171014f93fdafc07b2a5e01b2c11fd8f0000");
  }

  /** 4 x 6 pixels, lossy. */
  static byte[] lossyWebp() {
    return hex(
        "524946463400000057454250565038202800000090"
            + "01009d012a0400060007409625a00274ba00039800fee50af827a9728ffe378f02bc9763a00000");
  }

  /** A lossy picture of 4 x 6 pixels behind a header with a canvas and flags. */
  static byte[] extendedWebp(int flags, int canvasWidthPixels, int canvasHeightPixels) {
    byte[] simple = lossyWebp();
    byte[] chunks = Arrays.copyOfRange(simple, 12, simple.length);
    int width = canvasWidthPixels - 1;
    int height = canvasHeightPixels - 1;
    byte[] canvas =
        bytes(
            'V',
            'P',
            '8',
            'X',
            10,
            0,
            0,
            0,
            flags,
            0,
            0,
            0,
            width,
            width >> 8,
            width >> 16,
            height,
            height >> 8,
            height >> 16);
    byte[] alpha = bytes('A', 'L', 'P', 'H', 3, 0, 0, 0, 0, 0, 0, 0);
    int riffBytes = 4 + canvas.length + alpha.length + chunks.length;
    byte[] riff = bytes('R', 'I', 'F', 'F', riffBytes, 0, 0, 0, 'W', 'E', 'B', 'P');
    return join(riff, canvas, alpha, chunks);
  }

  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static BufferedImage drawn(int widthPixels, int heightPixels, int type) {
    BufferedImage image = new BufferedImage(widthPixels, heightPixels, type);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillOval(0, 0, widthPixels, heightPixels);
    graphics.setColor(Color.BLUE);
    graphics.drawLine(0, 0, widthPixels, heightPixels);
    graphics.dispose();
    return image;
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
