package io.imagebus.image.codec;

import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes and encodes with {@code javax.imageio} and the readers of TwelveMonkeys: the last resort
 * for odd kinds, five times slower than FFmpeg and with the whole picture on the heap. It makes
 * JPEG and PNG. One thread at a time.
 */
public final class ImageIoCodec implements PictureCodec {

  /** CMYK without a profile is read as most programs read it. */
  private static final String HARMLESS_WARNING = "No embedded ICC color profile";

  private final DataCheck dataCheck = new DataCheck();

  @Override
  public String name() {
    return "imageio";
  }

  @Override
  public DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    dataCheck.check(picture, info);
    BufferedImage stored = read(picture, info);
    if (stored.getWidth() != info.widthPixels() || stored.getHeight() != info.heightPixels()) {
      throw new PictureException(
          Reason.DAMAGED, "the picture is not of the size that its header says");
    }
    return new ImageIoPicture(upright(stored, info));
  }

  static BufferedImage read(byte[] picture, PictureInfo info) throws PictureException {
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(info.format().name().toLowerCase(Locale.ROOT));
    if (!readers.hasNext()) {
      throw new PictureException(
          Reason.NOT_FOR_THIS_CODEC, "javax.imageio reads no " + info.format());
    }
    ImageReader reader = readers.next();
    StringBuilder warnings = new StringBuilder();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (!warning.startsWith(HARMLESS_WARNING)) {
              warnings.append(warning).append("; ");
            }
          });
      BufferedImage image = reader.read(0);
      if (!warnings.isEmpty()) {
        throw new PictureException(Reason.DAMAGED, warnings.toString());
      }
      return image;
    } catch (IOException | RuntimeException e) {
      throw new PictureException(Reason.DAMAGED, String.valueOf(e.getMessage()));
    } finally {
      reader.dispose();
    }
  }

  /** Lays the picture over black and turns it. */
  private static BufferedImage upright(BufferedImage stored, PictureInfo info) {
    BufferedImage upright =
        new BufferedImage(
            info.uprightWidthPixels(), info.uprightHeightPixels(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = upright.createGraphics();
    graphics.setBackground(Color.BLACK);
    graphics.setRenderingHint(
        RenderingHints.KEY_COLOR_RENDERING, RenderingHints.VALUE_COLOR_RENDER_QUALITY);
    Orientation orientation = info.orientation();
    graphics.translate(upright.getWidth() / 2.0, upright.getHeight() / 2.0);
    graphics.rotate(orientation.quarterTurns() * Math.PI / 2);
    graphics.scale(orientation.mirrored() ? -1 : 1, 1);
    graphics.translate(-stored.getWidth() / 2.0, -stored.getHeight() / 2.0);
    graphics.drawImage(stored, 0, 0, null);
    graphics.dispose();
    return upright;
  }

  @Override
  public void close() {}
}
