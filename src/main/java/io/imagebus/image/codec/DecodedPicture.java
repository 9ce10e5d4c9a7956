package io.imagebus.image.codec;

/** A picture whose pixels are at hand. Belongs to the thread of its codec; to be closed. */
public interface DecodedPicture extends AutoCloseable {

  /** The size of the source, upright: after its EXIF orientation. */
  PictureSize sourceSize();

  /**
   * Scales and encodes.
   *
   * @throws PictureException if the encoder fails
   */
  EncodedPicture encode(Encoding wanted) throws PictureException;

  /**
   * How alike an encoding is to this picture scaled to the same size: mean SSIM of the luma over a
   * sample of windows (Wang et al. 2004, 8 x 8 windows).
   *
   * @return at most 1, which is equal
   * @throws PictureException if {@code encoded} cannot be decoded
   */
  double similarity(EncodedPicture encoded) throws PictureException;

  @Override
  void close();
}
