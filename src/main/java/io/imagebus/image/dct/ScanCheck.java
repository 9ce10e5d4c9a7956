package io.imagebus.image.dct;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;

/**
 * Reads the data of a sequential JPEG to its end without making a picture of it. Finds what
 * decoders take for a picture though their code has lost its place: data that is left over or ends
 * too early, between restart markers too, and blocks that cannot be. Owned by one thread.
 */
public final class ScanCheck {
  private final JpegParser parser = new JpegParser();
  private final ScanReader scan = new ScanReader();

  /** Ready for any picture. */
  public ScanCheck() {}

  /**
   * Checks.
   *
   * @param info what the probe has said of the picture
   * @throws PictureException if it is damaged, or of a kind that this cannot tell of
   */
  public void check(byte[] picture, PictureInfo info) throws PictureException {
    JpegFrame frame = parser.parseAnyColours(picture);
    frame.requireSize(info);
    scan.begin(picture, frame);
    int mcus = frame.mcus();
    int components = frame.components().size();
    for (int mcu = 0; mcu < mcus; mcu++) {
      scan.beginMcu();
      for (int c = 0; c < components; c++) {
        scan.skipBlocks(c, frame.components().get(c).blocks());
      }
    }
    scan.end();
  }
}
