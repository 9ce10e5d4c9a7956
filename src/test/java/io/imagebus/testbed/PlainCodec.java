package io.imagebus.testbed;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.codec.PictureSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A codec for tests of what uses one: JPEG and PNG by the Java platform, slow and strict. */
public final class PlainCodec implements PictureCodec {

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    String format = info.format().name().toLowerCase(Locale.ROOT);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
      reader.setInput(in);
      String[] warned = new String[1];
      IIOReadWarningListener strict = (source, warning) -> warned[0] = warning;
      reader.addIIOReadWarningListener(strict);
      BufferedImage image = reader.read(0);
      if (warned[0] != null) {
        throw new PictureException(Reason.DAMAGED, warned[0]);
      }
      return new Decoded(image);
    } catch (IOException e) {
      throw new PictureException(Reason.DAMAGED, String.valueOf(e.getMessage()));
    } finally {
      reader.dispose();
    }
  }

  @Override
  public void close() {}

  private record Decoded(BufferedImage image) implements DecodedPicture {

    @Override
    public PictureSize sourceSize() {
      return new PictureSize(image.getWidth(), image.getHeight());
    }

    @Override
    public EncodedPicture encode(Encoding wanted) throws PictureException {
      int width = wanted.size().widthPixels();
      int height = wanted.size().heightPixels();
      BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = scaled.createGraphics();
      graphics.drawImage(image, 0, 0, width, height, null);
      graphics.dispose();
      try {
        return new EncodedPicture(write(scaled, wanted), wanted);
      } catch (IOException e) {
        throw new PictureException(Reason.FAILED, String.valueOf(e.getMessage()));
      }
    }

    private static byte[] write(BufferedImage scaled, Encoding wanted) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      String format = wanted.format() == ImageFormat.PNG ? "png" : "jpeg";
      ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
      try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        writer.setOutput(out);
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (wanted.format() == ImageFormat.JPEG) {
          parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          parameters.setCompressionQuality((float) wanted.quality() / 100);
        }
        writer.write(null, new IIOImage(scaled, null, null), parameters);
      } finally {
        writer.dispose();
      }
      return bytes.toByteArray();
    }

    @Override
    public double similarity(EncodedPicture encoded) {
      return 1;
    }

    @Override
    public void close() {}
  }
}
