package io.imagebus.image.dct;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;

/**
 * Decodes an eighth of a JPEG's size from the first coefficient of each block of its luma, passing
 * over all others: for telling whether pictures differ, and for previews. Owned by one thread.
 */
public final class DcDecoder {
  private final JpegParser parser = new JpegParser();
  private final ScanReader scan = new ScanReader();

  /**
   * Decodes.
   *
   * @param info what the probe has said of the picture
   * @param map filled; undefined if this throws
   * @throws PictureException if it is no picture for this codec, or a damaged one
   */
  public void decode(byte[] picture, PictureInfo info, DcMap map) throws PictureException {
    JpegFrame frame = parser.parse(picture);
    frame.requireSize(info);
    scan.begin(picture, frame);
    JpegComponent luma = frame.components().get(0);
    map.resize(frame, luma);
    int mcusHigh = frame.mcusHigh();
    for (int row = 0; row < mcusHigh; row++) {
      decodeRow(frame, luma, row * luma.vertical() * map.stride(), map);
    }
    scan.end();
  }

  private void decodeRow(JpegFrame frame, JpegComponent luma, int from, DcMap map)
      throws PictureException {
    int unit = luma.quantisation().divisor(0);
    int horizontal = luma.horizontal();
    int vertical = luma.vertical();
    int components = frame.components().size();
    int end = from + map.stride();
    for (int at = from; at < end; at += horizontal) {
      scan.beginMcu();
      for (int y = 0; y < vertical; y++) {
        for (int x = 0; x < horizontal; x++) {
          map.set(at + y * map.stride() + x, scan.skipBlock(0) * unit);
        }
      }
      for (int c = 1; c < components; c++) {
        scan.skipBlocks(c, frame.components().get(c).blocks());
      }
    }
  }
}
