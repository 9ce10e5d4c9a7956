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
  private final int[][] multipliers = new int[ScanReader.MAX_COMPONENTS][ScanReader.TABLE_LENGTH];
  private final BatchRows full =
      new BatchRows(scan, multipliers, new FullBlocks(), BlockScale.FULL);
  private final BatchRows half =
      new BatchRows(scan, multipliers, new HalfBlocks(), BlockScale.HALF);

  /**
   * Decodes the first planes of a picture.
   *
   * @param planes one for each component that is wanted: all of them, or only the first
   * @throws PictureException if the picture is damaged; the planes are undefined then
   */
  void decode(byte[] picture, JpegFrame frame, BlockScale scale, Plane... planes)
      throws PictureException {
    scan.begin(picture, frame);
    prepare(frame, scale, planes);
    switch (scale) {
      case FULL -> decodeRows(full, frame, planes);
      case HALF -> decodeRows(half, frame, planes);
      case QUARTER, EIGHTH -> decodeRows(frame, scale, planes);
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

  private static void decodeRows(BatchRows rows, JpegFrame frame, Plane[] planes)
      throws PictureException {
    rows.begin();
    int mcusHigh = frame.mcusHigh();
    for (int row = 0; row < mcusHigh; row++) {
      rows.decode(frame, row, planes);
    }
  }

  private void decodeRows(JpegFrame frame, BlockScale scale, Plane[] planes)
      throws PictureException {
    // What a damaged picture before may have left.
    Arrays.fill(block, 0);
    int mcusHigh = frame.mcusHigh();
    for (int row = 0; row < mcusHigh; row++) {
      decodeRow(frame, row, scale, planes);
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
          scan.skipBlocks(c, component.blocks());
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
      InverseDct.flat(block[0], out, at, stride);
      block[0] = 0;
    } else {
      InverseDct.to2(block, out, at, stride);
    }
  }
}
