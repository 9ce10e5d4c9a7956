package io.imagebus.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
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

  public static byte[] grayJpeg(int widthPixels, int heightPixels) {
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

  public static byte[] png8(int widthPixels, int heightPixels) {
    return png(drawn(widthPixels, heightPixels, BufferedImage.TYPE_INT_ARGB));
  }

  public static byte[] png16(int widthPixels, int heightPixels) {
    BufferedImage image =
        new BufferedImage(widthPixels, heightPixels, BufferedImage.TYPE_USHORT_GRAY);
    WritableRaster raster = image.getRaster();
    for (int x = 0; x < widthPixels; x++) {
      raster.setSample(x, x % heightPixels, 0, x * 4099);
    }
    return png(image);
  }

  /** 3 x 2 pixels, lossless. */
  public static byte[] losslessWebp() {
    return hex(
        "524946462c000000574542505650384c1f0000002f024000001f201048da"
            + "1f7a8df9171014f93fdafc07b2a5e01b2c11fd8f0000");
  }

  /** 4 x 6 pixels, lossy. */
  public static byte[] lossyWebp() {
    return hex(
        "524946463400000057454250565038202800000090"
            + "01009d012a0400060007409625a00274ba00039800fee50af827a9728ffe378f02bc9763a00000");
  }

  /** A lossy picture of 4 x 6 pixels behind a header with a canvas and flags. */
  public static byte[] extendedWebp(int flags, int canvasWidthPixels, int canvasHeightPixels) {
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

  /** A progressive JPEG with so many more scans before its end, each of them empty of news. */
  public static byte[] withScans(byte[] progressiveJpeg, int scans) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(progressiveJpeg, 0, progressiveJpeg.length - 2);
    byte[] scan = bytes(0xFF, 0xDA, 0, 8, 1, 1, 0, 63, 63, 0x10, 0x7F);
    for (int i = 0; i < scans; i++) {
      joined.writeBytes(scan);
    }
    joined.writeBytes(bytes(0xFF, 0xD9));
    return joined.toByteArray();
  }

  /** The JPEG without the segments of a kind that come before its first scan. */
  public static byte[] withoutSegments(byte[] jpeg, int marker) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(jpeg, 0, 2);
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xDA) {
      int end = at + 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
      if ((jpeg[at + 1] & 0xFF) != marker) {
        joined.write(jpeg, at, end - at);
      }
      at = end;
    }
    joined.write(jpeg, at, jpeg.length - at);
    return joined.toByteArray();
  }

  /** TIFF data whose one entry is the orientation. */
  public static byte[] exif(int orientation, boolean littleEndian) {
    ByteBuffer tiff =
        ByteBuffer.allocate(26)
            .order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    byte mark = (byte) (littleEndian ? 'I' : 'M');
    tiff.put(mark).put(mark).putShort((short) 42).putInt(8);
    tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
    return tiff.array();
  }

  /** The picture with this EXIF data in an APP1 segment. */
  public static byte[] jpegWithExif(byte[] jpeg, byte[] exif) {
    int segmentBytes = 8 + exif.length;
    byte[] head = bytes(0xFF, 0xD8, 0xFF, 0xE1, segmentBytes >> 8, segmentBytes);
    byte[] name = bytes('E', 'x', 'i', 'f', 0, 0);
    return join(head, name, exif, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** The picture with this EXIF data in an eXIf chunk. */
  public static byte[] pngWithExif(byte[] png, byte[] exif) {
    int afterHeader = 33;
    byte[] typed = join(bytes('e', 'X', 'I', 'f'), exif);
    CRC32 checksum = new CRC32();
    checksum.update(typed);
    return join(
        Arrays.copyOf(png, afterHeader),
        ByteBuffer.allocate(4).putInt(exif.length).array(),
        typed,
        ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array(),
        Arrays.copyOfRange(png, afterHeader, png.length));
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
