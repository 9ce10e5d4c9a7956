package io.imagebus.image.dct;

import java.util.Arrays;
import java.util.List;

/** Encodes planes as a JPEG. Owned by one thread. */
final class PlaneEncoder {
  private final JpegBytes out = new JpegBytes();
  private final ScanWriter scan = new ScanWriter(out);
  private final int[] block = new int[ZigZag.COEFFICIENTS];
  private final int[] coefficients = new int[ZigZag.COEFFICIENTS];
  private List<OutputFrame.Component> components = List.of();
  private Quantiser[] quantisers = {};

  /**
   * Gives a plane the size that {@link #encode} asks of a component of a frame: filled up to whole
   * MCUs.
   */
  static void resize(Plane plane, OutputFrame frame, int component) {
    OutputFrame.Component of = frame.components().get(component);
    OutputFrame.Component luma = frame.components().get(0);
    int mcusWide = JpegFrame.ceilDivide(frame.widthPixels(), 8 * luma.horizontal());
    int mcusHigh = JpegFrame.ceilDivide(frame.heightPixels(), 8 * luma.vertical());
    plane.resize(
        JpegFrame.ceilDivide(frame.widthPixels() * of.horizontal(), luma.horizontal()),
        JpegFrame.ceilDivide(frame.heightPixels() * of.vertical(), luma.vertical()),
        mcusWide * of.horizontal() * 8,
        mcusHigh * of.vertical() * 8);
  }

  /** The picture, in an array of its own. Writes into the padding of the planes. */
  byte[] encode(OutputFrame frame, Plane... planes) {
    prepare(frame.components());
    for (int c = 0; c < components.size(); c++) {
      pad(planes[c], components.get(c).vertical());
    }
    out.begin(frame, HuffmanSet.STANDARD);
    scan.begin(HuffmanSet.STANDARD);
    OutputFrame.Component luma = components.get(0);
    int mcusWide = JpegFrame.ceilDivide(frame.widthPixels(), 8 * luma.horizontal());
    int mcusHigh = JpegFrame.ceilDivide(frame.heightPixels(), 8 * luma.vertical());
    for (int row = 0; row < mcusHigh; row++) {
      for (int column = 0; column < mcusWide; column++) {
        for (int c = 0; c < quantisers.length; c++) {
          blocks(c, components.get(c), quantisers[c], planes[c], row, column);
        }
      }
    }
    scan.end();
    out.end();
    return out.copy();
  }

  private void prepare(List<OutputFrame.Component> wanted) {
    if (wanted.equals(components)) {
      return;
    }
    components = wanted;
    quantisers = new Quantiser[wanted.size()];
    for (int c = 0; c < quantisers.length; c++) {
      quantisers[c] = new Quantiser(wanted.get(c).quantisation());
    }
  }

  private void blocks(
      int c,
      OutputFrame.Component component,
      Quantiser quantiser,
      Plane plane,
      int row,
      int column) {
    int stride = plane.stride();
    int top = (row * component.vertical() * stride + column * component.horizontal()) * 8;
    for (int y = 0; y < component.vertical(); y++) {
      for (int x = 0; x < component.horizontal(); x++) {
        ForwardDct.transform(plane.samples(), top + x * 8, stride, block);
        long there = quantiser.quantise(block, coefficients);
        scan.block(c, coefficients, 0, there);
      }
      top += 8 * stride;
    }
  }

  /** Repeats the last column and row up to whole MCUs, which costs the fewest bits. */
  private static void pad(Plane plane, int vertical) {
    byte[] samples = plane.samples();
    int stride = plane.stride();
    for (int y = 0; y < plane.height(); y++) {
      int end = y * stride + plane.width();
      Arrays.fill(samples, end, (y + 1) * stride, samples[end - 1]);
    }
    int rows = JpegFrame.ceilDivide(plane.height(), 8 * vertical) * 8 * vertical;
    int last = (plane.height() - 1) * stride;
    for (int y = plane.height(); y < rows; y++) {
      System.arraycopy(samples, last, samples, y * stride, stride);
    }
  }
}
