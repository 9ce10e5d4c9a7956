package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** An upright picture on the heap. */
final class ImageIoPicture implements DecodedPicture {
  private static final int BITS = 8;
  private static final int COLOURS = 3;
  private static final float MAX_QUALITY = 100;

  private final BufferedImage image;

  ImageIoPicture(BufferedImage image) {
    this.image = image;
  }

  @Override
  public PictureSize sourceSize() {
    return new PictureSize(image.getWidth(), image.getHeight());
  }

  @Override
  public EncodedPicture encode(Encoding wanted) throws PictureException {
    if (wanted.format() == ImageFormat.WEBP) {
      throw new PictureException(Reason.NOT_FOR_THIS_CODEC, "javax.imageio writes no WebP");
    }
    String format = wanted.format().name().toLowerCase(Locale.ROOT);
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      if (wanted.format() == ImageFormat.JPEG) {
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality((float) wanted.quality() / MAX_QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(scaled(wanted.size()), null, null), parameters);
    } catch (IOException | RuntimeException e) {
      throw new PictureException(Reason.FAILED, String.valueOf(e.getMessage()));
    } finally {
      writer.dispose();
    }
    return new EncodedPicture(bytes.toByteArray(), wanted);
  }

  @Override
  public double similarity(EncodedPicture encoded) throws PictureException {
    PictureSize size = encoded.encoding().size();
    PictureInfo info =
        new PictureInfo(
            encoded.encoding().format(), size.widthPixels(), size.heightPixels(), COLOURS, BITS);
    BufferedImage other = ImageIoCodec.read(encoded.bytes(), info);
    return LumaSimilarity.sampled(luma(scaled(size)), luma(other), size);
  }

  /** Halves the sides as long as that is not too small, so that no pixel is skipped. */
  private BufferedImage scaled(PictureSize size) {
    BufferedImage from = image;
    while (from.getWidth() >= 2 * size.widthPixels()
        && from.getHeight() >= 2 * size.heightPixels()) {
      from = drawn(from, new PictureSize(from.getWidth() / 2, from.getHeight() / 2));
    }
    return new PictureSize(from.getWidth(), from.getHeight()).equals(size)
        ? from
        : drawn(from, size);
  }

  private static BufferedImage drawn(BufferedImage from, PictureSize size) {
    BufferedImage to =
        new BufferedImage(size.widthPixels(), size.heightPixels(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = to.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(from, 0, 0, size.widthPixels(), size.heightPixels(), null);
    graphics.dispose();
    return to;
  }

  /** ITU-R BT.601 in 16 bits of fraction. */
  private static byte[] luma(BufferedImage from) {
    int width = from.getWidth();
    byte[] luma = new byte[width * from.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < from.getHeight(); y++) {
      from.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int weighted =
            19_595 * (row[x] >> 16 & 0xFF)
                + 38_470 * (row[x] >> 8 & 0xFF)
                + 7_471 * (row[x] & 0xFF);
        luma[y * width + x] = (byte) ((weighted + 32_768) >> 16);
      }
    }
    return luma;
  }

  @Override
  public void close() {}
}
