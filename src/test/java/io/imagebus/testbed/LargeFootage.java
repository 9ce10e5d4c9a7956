package io.imagebus.testbed;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Pictures of 1920 by 1080 pixels: nine of the {@link Footage} in one, side by side, each in
 * motion. Stateless.
 */
public final class LargeFootage {

  /** Pixels in a row. */
  public static final int WIDTH = 1920;

  private static final int HEIGHT = 1080;
  private static final int ACROSS = 3;

  /** From one cell to the next, so that all scenes are in a picture. */
  private static final int APART = 31;

  private LargeFootage() {}

  /**
   * A row of JPEGs.
   *
   * @param quality 0 to 1, as the JDK has it
   */
  public static List<byte[]> pictures(int count, float quality) throws IOException {
    Footage footage = new Footage(0);
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pictures.add(encode(mosaic(footage, i), quality));
    }
    return pictures;
  }

  private static BufferedImage mosaic(Footage footage, int number) throws IOException {
    BufferedImage all = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = all.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int width = WIDTH / ACROSS;
    int height = HEIGHT / ACROSS;
    for (int cell = 0; cell < ACROSS * ACROSS; cell++) {
      byte[] picture = footage.picture(number + (long) cell * APART);
      int x = cell % ACROSS * width;
      int y = cell / ACROSS * height;
      canvas.drawImage(ImageIO.read(new ByteArrayInputStream(picture)), x, y, width, height, null);
    }
    canvas.dispose();
    return all;
  }

  private static byte[] encode(BufferedImage picture, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
