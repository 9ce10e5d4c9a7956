package io.imagebus.image.dct;

import io.imagebus.image.codec.PictureException;
import java.util.Arrays;

/**
 * Decodes the colour components of a picture into planes, each at the same scale. Owned by one
 * thread.
 */
final class PlaneDecoder {
  private final ScanReader scan = new ScanReader();
  private final int[] block = new int[ZigZag.COEFFICIENTS + 1];
  private final HalfBlocks halves = new HalfBlocks();
  private final int[][] multipliers = new int[ScanReader.MAX_COMPONENTS][ScanReader.TABLE_LENGTH];

  /**
   * Decodes the first planes of a picture.
   *
   * @param planes one for each component that is wanted: all of them, or only the first
   * @throws PictureException if the picture is damaged; the planes are undefined then
   */
  void decode(byte[] picture, JpegFrame frame, BlockScale scale, Plane... planes)
      throws PictureException {
    scan.begin(picture, frame);
    // What a damaged picture before may have left.
    Arrays.fill(block, 0);
    halves.clear();
    prepare(frame, scale, planes);
    int mcusHigh = frame.mcusHigh();
    for (int row = 0; row < mcusHigh; row++) {
      if (scale == BlockScale.HALF) {
        decodeRowAtHalf(frame, row, planes);
      } else {
        decodeRow(frame, row, scale, planes);
      }
    }
    scan.end();
  }

  private void prepare(JpegFrame frame, BlockScale scale, Plane[] planes) {
    int side = scale.side();
    for (int c = 0; c < planes.length; c++) {
      JpegComponent component = frame.components().get(c);
      planes[c].resize(
          frame.planeWidth(component, side),
          frame.planeHeight(component, side),
          frame.mcusWide() * component.horizontal() * side,
          frame.mcusHigh() * component.vertical() * side);
      component.quantisation().copyTo(multipliers[c]);
    }
  }

  /** As many MCUs at once as there is room for their blocks. */
  private void decodeRowAtHalf(JpegFrame frame, int row, Plane[] planes) throws PictureException {
    int blocksOfMcu = 0;
    for (int c = 0; c < planes.length; c++) {
      JpegComponent component = frame.components().get(c);
      blocksOfMcu += component.horizontal() * component.vertical();
    }
    int most = HalfBlocks.CAPACITY / blocksOfMcu;
    int mcusWide = frame.mcusWide();
    for (int column = 0; column < mcusWide; column += most) {
      int mcus = Math.min(most, mcusWide - column);
      for (int i = 0; i < mcus; i++) {
        readMcu(frame, planes.length, i, mcus);
      }
      halves.transform(mcus * blocksOfMcu);
      copyMcus(frame, planes, row, column, mcus);
    }
  }

  /**
   * Reads one of several MCUs. Blocks that will lie beside each other in a plane do so among the
   * blocks that are transformed.
   */
  private void readMcu(JpegFrame frame, int wanted, int index, int mcus) throws PictureException {
    scan.beginMcu();
    int components = frame.components().size();
    int line = 0;
    for (int c = 0; c < components; c++) {
      JpegComponent component = frame.components().get(c);
      int horizontal = component.horizontal();
      int blocks = horizontal * component.vertical();
      if (c >= wanted) {
        passOver(c, blocks);
        continue;
      }
      for (int y = 0; y < component.vertical(); y++) {
        int at = line * mcus + index * horizontal;
        for (int x = 0; x < horizontal; x++) {
          scan.block(
              c,
              halves.coefficients(),
              at + x,
              halves.targets(),
              multipliers[c],
              BlockScale.HALF.lastCoefficient());
        }
        line += horizontal;
      }
    }
  }

  private void passOver(int component, int blocks) throws PictureException {
    for (int i = 0; i < blocks; i++) {
      scan.skipBlock(component);
    }
  }

  private void copyMcus(JpegFrame frame, Plane[] planes, int row, int column, int mcus) {
    int side = BlockScale.HALF.side();
    int line = 0;
    for (int c = 0; c < planes.length; c++) {
      JpegComponent component = frame.components().get(c);
      Plane plane = planes[c];
      int blocks = mcus * component.horizontal();
      int at =
          (row * component.vertical() * plane.stride() + column * component.horizontal()) * side;
      for (int y = 0; y < component.vertical(); y++) {
        for (int sampleRow = 0; sampleRow < side; sampleRow++) {
          halves.copyLine(sampleRow, line * mcus, blocks, plane.samples(), at);
          at += plane.stride();
        }
        line += component.horizontal();
      }
    }
  }

  private void decodeRow(JpegFrame frame, int row, BlockScale scale, Plane[] planes)
      throws PictureException {
    int mcusWide = frame.mcusWide();
    int components = frame.components().size();
    for (int column = 0; column < mcusWide; column++) {
      scan.beginMcu();
      for (int c = 0; c < components; c++) {
        JpegComponent component = frame.components().get(c);
        if (c < planes.length) {
          decodeBlocks(c, component, scale, planes[c], row, column);
        } else {
          passOver(c, component.horizontal() * component.vertical());
        }
      }
    }
  }

  private void decodeBlocks(
      int c, JpegComponent component, BlockScale scale, Plane plane, int row, int column)
      throws PictureException {
    int side = scale.side();
    int stride = plane.stride();
    int horizontal = component.horizontal();
    int vertical = component.vertical();
    int top = (row * vertical * stride + column * horizontal) * side;
    for (int y = 0; y < vertical; y++) {
      for (int x = 0; x < horizontal; x++) {
        decodeBlock(c, scale, plane.samples(), top + x * side, stride);
      }
      top += side * stride;
    }
  }

  private void decodeBlock(int c, BlockScale scale, byte[] out, int at, int stride)
      throws PictureException {
    if (scale == BlockScale.EIGHTH) {
      InverseDct.to1(scan.skipBlock(c) * multipliers[c][0], out, at);
      return;
    }
    long there = scan.block(c, block, 0, scale.targets(), multipliers[c], scale.lastCoefficient());
    if (there == 1) {
      InverseDct.flat(block[0], out, at, stride, scale.side());
      block[0] = 0;
      return;
    }
    switch (scale) {
      case FULL -> InverseDct.to8(block, out, at, stride);
      default -> InverseDct.to2(block, out, at, stride);
    }
  }
}
