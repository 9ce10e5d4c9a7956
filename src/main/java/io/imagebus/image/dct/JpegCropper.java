package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.notForUs;

import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import java.util.Arrays;

/**
 * Cuts a part out of a JPEG without loss: its blocks are written again as they are. Owned by one
 * thread.
 */
public final class JpegCropper {
  private final JpegParser parser = new JpegParser();
  private final ScanReader scan = new ScanReader();
  private final JpegBytes out = new JpegBytes();
  private final ScanWriter writer = new ScanWriter(out);
  private final int[] block = new int[ZigZag.COEFFICIENTS + 1];
  private final int[] identity = new int[ScanReader.TABLE_LENGTH];
  private final int[] ones = new int[ScanReader.TABLE_LENGTH];

  /** Ready for any number of pictures. */
  public JpegCropper() {
    Arrays.setAll(identity, k -> Math.min(k, ZigZag.COEFFICIENTS));
    Arrays.fill(ones, 1);
  }

  /** A part of a picture, in pixels. */
  public record Region(int left, int top, int width, int height) {
    public Region {
      if (left < 0 || top < 0 || width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "a region of %d x %d at %d, %d".formatted(width, height, left, top));
      }
    }
  }

  /**
   * A part that was cut out.
   *
   * @param region what it shows: at least what was asked for, begun at whole MCUs
   * @param picture not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Cropped(Region region, byte[] picture) {}

  /**
   * Cuts. The left and the top move outwards to a boundary of MCUs, which lie 8 or 16 pixels apart.
   *
   * @param region wholly within the picture
   * @throws IllegalArgumentException if it is not
   * @throws PictureException if it is no picture for this codec, is to be turned, or is damaged
   */
  public Cropped crop(byte[] picture, PictureInfo info, Region region) throws PictureException {
    if (info.orientation() != Orientation.UPRIGHT) {
      throw notForUs("that is to be turned");
    }
    JpegFrame frame = parser.parse(picture);
    frame.requireSize(info);
    if (region.left() > info.widthPixels() - region.width()
        || region.top() > info.heightPixels() - region.height()) {
      throw new IllegalArgumentException(region + " is not within the picture");
    }
    int mcuWidth = 8 * frame.maxHorizontal();
    int mcuHeight = 8 * frame.maxVertical();
    int left = region.left() / mcuWidth * mcuWidth;
    int top = region.top() / mcuHeight * mcuHeight;
    Region whole =
        new Region(
            left, top, region.left() + region.width() - left, region.top() + region.height() - top);
    copy(picture, frame, whole);
    return new Cropped(whole, out.copy());
  }

  private void copy(byte[] picture, JpegFrame frame, Region region) throws PictureException {
    int mcuWidth = 8 * frame.maxHorizontal();
    int mcuHeight = 8 * frame.maxVertical();
    int right = JpegFrame.ceilDivide(region.left() + region.width(), mcuWidth);
    int bottom = JpegFrame.ceilDivide(region.top() + region.height(), mcuHeight);
    out.begin(OutputFrame.partOf(frame, region.width(), region.height()), HuffmanSet.STANDARD);
    writer.begin(HuffmanSet.STANDARD);
    scan.begin(picture, frame);
    // To the end of the picture, since only there it shows that it is whole.
    for (int row = 0; row < frame.mcusHigh(); row++) {
      boolean rowWithin = row >= region.top() / mcuHeight && row < bottom;
      for (int column = 0; column < frame.mcusWide(); column++) {
        scan.beginMcu();
        mcu(frame, rowWithin && column >= region.left() / mcuWidth && column < right);
      }
    }
    scan.end();
    writer.end();
    out.end();
  }

  private void mcu(JpegFrame frame, boolean within) throws PictureException {
    for (int c = 0; c < frame.components().size(); c++) {
      JpegComponent component = frame.components().get(c);
      for (int i = component.horizontal() * component.vertical(); i > 0; i--) {
        if (within) {
          writer.block(
              c, block, 0, scan.block(c, block, 0, identity, ones, ZigZag.COEFFICIENTS - 1));
        } else {
          scan.skipBlock(c);
        }
      }
    }
  }
}
