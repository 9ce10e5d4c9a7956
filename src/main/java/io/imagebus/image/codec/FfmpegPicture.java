package io.imagebus.image.codec;

import io.imagebus.image.Orientation;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;

/** Decoded pixels in native memory, and the codec that scales and encodes them. */
final class FfmpegPicture implements DecodedPicture {
  private final FfmpegCodec codec;
  private final FfmpegFrame frame;
  private final Orientation orientation;
  private final PictureSize sourceSize;
  private final long serial;
  private boolean closed;

  FfmpegPicture(FfmpegCodec codec, FfmpegFrame frame, PictureInfo info, long serial) {
    this.codec = codec;
    this.frame = frame;
    this.orientation = info.orientation();
    this.sourceSize = new PictureSize(info.uprightWidthPixels(), info.uprightHeightPixels());
    this.serial = serial;
  }

  @Override
  public PictureSize sourceSize() {
    return sourceSize;
  }

  @Override
  public EncodedPicture encode(Encoding wanted) throws PictureException {
    FfmpegFrame pixels = scaled(PixelLayout.of(wanted.format()), wanted.size());
    return new EncodedPicture(codec.encode(pixels, wanted), wanted);
  }

  @Override
  public double similarity(EncodedPicture encoded) throws PictureException {
    PictureSize size = encoded.encoding().size();
    return LumaSimilarity.sampled(luma(size), codec.luma(encoded), size);
  }

  /** The luma of the whole picture at a size. */
  byte[] luma(PictureSize size) throws PictureException {
    FfmpegFrame planes = scaled(PixelLayout.JPEG, size);
    byte[] luma = new byte[size.widthPixels() * size.heightPixels()];
    planes.read(0, size.widthPixels(), size.heightPixels(), luma);
    return luma;
  }

  private FfmpegFrame scaled(PixelLayout layout, PictureSize size) throws PictureException {
    if (closed) {
      throw new PictureException(Reason.FAILED, "the picture has been closed");
    }
    FfmpegScaler.Kind kind =
        new FfmpegScaler.Kind(
            frame.avFrame().format(),
            frame.avFrame().color_range(),
            frame.size(),
            layout,
            size,
            orientation);
    return codec.scale(kind, frame, serial);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      frame.close();
    }
  }
}
