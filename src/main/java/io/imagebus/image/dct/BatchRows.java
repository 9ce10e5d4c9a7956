package io.imagebus.image.dct;

import io.imagebus.image.codec.PictureException;

/** Decodes rows of MCUs at scales that are made by batches of blocks. Owned by one thread. */
final class BatchRows {
  private final ScanReader scan;
  private final int[][] multipliers;
  private final BlockBatch batch;
  private final BlockScale scale;

  /**
   * For one scale.
   *
   * @param multipliers of each component, filled before a row is decoded
   */
  BatchRows(ScanReader scan, int[][] multipliers, BlockBatch batch, BlockScale scale) {
    this.scan = scan;
    this.multipliers = multipliers;
    this.batch = batch;
    this.scale = scale;
  }

  /** Forgets what a damaged picture before may have left. */
  void begin() {
    batch.clear();
  }

  /** Decodes a row, as many MCUs at once as there is room for their blocks. */
  void decode(JpegFrame frame, int row, Plane[] planes) throws PictureException {
    int blocksOfMcu = 0;
    for (int c = 0; c < planes.length; c++) {
      blocksOfMcu += frame.components().get(c).blocks();
    }
    int most = batch.capacity() / blocksOfMcu;
    int mcusWide = frame.mcusWide();
    for (int column = 0; column < mcusWide; column += most) {
      int mcus = Math.min(most, mcusWide - column);
      for (int i = 0; i < mcus; i++) {
        readMcu(frame, planes.length, i, mcus);
      }
      batch.transform(mcus * blocksOfMcu);
      copy(frame, planes, row, column, mcus);
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
      if (c >= wanted) {
        scan.skipBlocks(c, component.blocks());
        continue;
      }
      int horizontal = component.horizontal();
      for (int y = 0; y < component.vertical(); y++) {
        int at = line * mcus + index * horizontal;
        for (int x = 0; x < horizontal; x++) {
          scan.block(
              c,
              batch.coefficients(),
              at + x,
              batch.targets(),
              multipliers[c],
              scale.lastCoefficient());
        }
        line += horizontal;
      }
    }
  }

  private void copy(JpegFrame frame, Plane[] planes, int row, int column, int mcus) {
    int side = scale.side();
    int line = 0;
    for (int c = 0; c < planes.length; c++) {
      JpegComponent component = frame.components().get(c);
      Plane plane = planes[c];
      int horizontal = component.horizontal();
      int at = (row * component.vertical() * plane.stride() + column * horizontal) * side;
      for (int y = 0; y < component.vertical(); y++) {
        for (int sampleRow = 0; sampleRow < side; sampleRow++) {
          batch.copyLine(sampleRow, line * mcus, mcus * horizontal, plane.samples(), at);
          at += plane.stride();
        }
        line += horizontal;
      }
    }
  }
}
