package io.imagebus.image.dct;

import io.imagebus.image.codec.PictureException;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** JPEGs of every sampling and with restart markers, which the JDK's encoder does not make. */
final class SampledPictures {
  private static final int[] IDENTITY = new int[ScanReader.TABLE_LENGTH];
  private static final int[] ONES = new int[ScanReader.TABLE_LENGTH];

  static {
    Arrays.setAll(IDENTITY, k -> Math.min(k, ZigZag.COEFFICIENTS));
    Arrays.fill(ONES, 1);
  }

  private SampledPictures() {}

  /** Encodes with so many luma samples beside and above each other for one of a colour. */
  static byte[] jpeg(BufferedImage image, int horizontal, int vertical, int quality) {
    Quantisation luma = StandardQuantisation.of(0, quality);
    Quantisation chroma = StandardQuantisation.of(1, quality);
    OutputFrame frame =
        new OutputFrame(
            image.getWidth(),
            image.getHeight(),
            List.of(
                new OutputFrame.Component(horizontal, vertical, luma),
                new OutputFrame.Component(1, 1, chroma),
                new OutputFrame.Component(1, 1, chroma)));
    Plane[] planes = {new Plane(), new Plane(), new Plane()};
    for (int c = 0; c < 3; c++) {
      PlaneEncoder.resize(planes[c], frame, c);
      new AreaScaler().scale(component(image, c), planes[c]);
    }
    return new PlaneEncoder().encode(frame, planes);
  }

  private static Plane component(BufferedImage image, int c) {
    double[][] rows = {
      {0.299, 0.587, 0.114}, {-0.168736, -0.331264, 0.5}, {0.5, -0.418688, -0.081312}
    };
    Plane plane = new Plane();
    plane.resize(image.getWidth(), image.getHeight(), image.getWidth(), image.getHeight());
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        double value =
            rows[c][0] * (rgb >> 16 & 255)
                + rows[c][1] * (rgb >> 8 & 255)
                + rows[c][2] * (rgb & 255)
                + (c == 0 ? 0 : 128);
        plane.samples()[y * plane.stride() + x] = (byte) Pictures.limit((int) Math.round(value));
      }
    }
    return plane;
  }

  /** The same picture with a restart marker after every so many MCUs. */
  static byte[] withRestarts(byte[] picture, int mcusPerRestart) throws PictureException {
    JpegFrame frame = new JpegParser().parse(picture);
    OutputFrame target = OutputFrame.partOf(frame, frame.widthPixels(), frame.heightPixels());
    JpegBytes out = new JpegBytes();
    out.begin(target, HuffmanSet.STANDARD);
    int scanHeader = out.length() - (2 + 6 + 2 * frame.components().size());
    ScanReader scan = new ScanReader();
    scan.begin(picture, frame);
    ScanWriter writer = new ScanWriter(out);
    writer.begin(HuffmanSet.STANDARD);
    int[] block = new int[65];
    for (int mcu = 0; mcu < frame.mcus(); mcu++) {
      if (mcu > 0 && mcu % mcusPerRestart == 0) {
        writer.end();
        out.ensure(2);
        out.array()[out.length()] = (byte) 0xFF;
        out.array()[out.length() + 1] = (byte) (0xD0 + (mcu / mcusPerRestart - 1) % 8);
        out.length(out.length() + 2);
        writer.begin(HuffmanSet.STANDARD);
      }
      scan.beginMcu();
      for (int c = 0; c < frame.components().size(); c++) {
        JpegComponent component = frame.components().get(c);
        for (int i = 0; i < component.horizontal() * component.vertical(); i++) {
          writer.block(c, block, 0, scan.block(c, block, 0, IDENTITY, ONES, 63));
        }
      }
    }
    writer.end();
    out.end();
    byte[] interval = {
      (byte) 0xFF, (byte) 0xDD, 0, 4, (byte) (mcusPerRestart >> 8), (byte) mcusPerRestart
    };
    return inserted(out.copy(), scanHeader, interval);
  }

  private static byte[] inserted(byte[] bytes, int at, byte[] part) {
    byte[] all = new byte[bytes.length + part.length];
    System.arraycopy(bytes, 0, all, 0, at);
    System.arraycopy(part, 0, all, at, part.length);
    System.arraycopy(bytes, at, all, at + part.length, bytes.length - at);
    return all;
  }
}
