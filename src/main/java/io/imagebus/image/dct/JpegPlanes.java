package io.imagebus.image.dct;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;

/**
 * The planes of a sequential JPEG in grey or YCbCr as they are stored, at the smallest of its
 * scales that covers what is wanted. Its buffers grow to the largest picture so far. Owned by one
 * thread.
 */
public final class JpegPlanes {
  private final JpegParser parser = new JpegParser();
  private final PlaneDecoder decoder = new PlaneDecoder();
  private final Plane[] planes = {new Plane(), new Plane(), new Plane()};
  private int count;
  private Sampling sampling = Sampling.GREY;

  /** With nothing decoded. */
  public JpegPlanes() {}

  /**
   * Decodes.
   *
   * @param info what the probe has said of the picture
   * @param largest the largest size that is wanted of it, upright
   * @throws PictureException if it is no picture for this codec, or a damaged one; the planes are
   *     undefined then
   */
  public void decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    JpegFrame frame = parser.parse(picture);
    frame.requireSize(info);
    PictureSize stored = info.orientation().swapsSides() ? largest.swapped() : largest;
    BlockScale wide = BlockScale.covering(frame.widthPixels(), stored.widthPixels());
    BlockScale high = BlockScale.covering(frame.heightPixels(), stored.heightPixels());
    count = frame.components().size();
    sampling = Sampling.of(frame);
    decoder.decode(picture, frame, wide.side() > high.side() ? wide : high, all());
  }

  /** Decodes the luma of a picture that this codec has made, at its full size. */
  void decodeLuma(byte[] picture, Plane luma) throws PictureException {
    decoder.decode(picture, parser.parse(picture), BlockScale.FULL, luma);
  }

  /** How many planes there are: 1 or 3. */
  public int count() {
    return count;
  }

  /** Y, Cb or Cr; valid until the next picture. */
  public Plane plane(int index) {
    return planes[index];
  }

  /** How large the planes of colour are beside that of luma. */
  public Sampling sampling() {
    return sampling;
  }

  /** Valid until the next picture. */
  Plane[] all() {
    Plane[] all = new Plane[count];
    System.arraycopy(planes, 0, all, 0, count);
    return all;
  }
}
