package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Coding;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import java.util.Optional;

/*
 * Opening an encoder is 1 to 2.5 ms, as much as a tile takes to encode, so what is open stays open.
 */
/**
 * Decodes, scales and encodes with FFmpeg, and small sizes of sequential JPEGs by our own decoder.
 * Takes every warning of a decoder for damage. Uses native memory: beside the picture's own pixels
 * at most eight scaled pictures. One thread at a time.
 */
public final class FfmpegCodec implements PictureCodec {
  private static final int OPEN_ENCODERS = 8;
  private static final int OPEN_SCALERS = 8;
  private static final int PLAIN_BITS = 8;
  private static final int COLOURS = 3;

  private final RecentlyUsed<FfmpegScaler.Kind, FfmpegScaler> scalers =
      new RecentlyUsed<>(OPEN_SCALERS);
  private final RecentlyUsed<FfmpegEncoder.Kind, FfmpegEncoder> encoders =
      new RecentlyUsed<>(OPEN_ENCODERS);
  private final SequentialJpegs sequentialJpegs = new SequentialJpegs();
  private final DataCheck dataCheck = new DataCheck();
  private final Turn turn = new Turn();
  private long serial;

  /**
   * Loads the libraries if that has not been done.
   *
   * @throws IllegalStateException if they cannot be used here
   */
  public FfmpegCodec() {
    FfmpegLibrary.problem()
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
  }

  /** Why there is no such codec here; nothing if there is. */
  public static Optional<String> problem() {
    return FfmpegLibrary.problem();
  }

  @Override
  public String name() {
    return "ffmpeg";
  }

  @Override
  public DecodedPicture decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    return open(picture, info, largest);
  }

  private FfmpegPicture open(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    if (info.format() == ImageFormat.JPEG
        && (info.coding() == Coding.RARE || info.bitsPerSample() != PLAIN_BITS)) {
      throw new PictureException(
          Reason.NOT_FOR_THIS_CODEC, "FFmpeg does not decode this kind of JPEG");
    }
    Optional<FfmpegFrame> strictly = sequentialJpegs.decode(picture, info, largest);
    FfmpegFrame frame = strictly.isPresent() ? strictly.get() : pixels(picture, info);
    return new FfmpegPicture(this, frame, info, ++serial);
  }

  private FfmpegFrame pixels(byte[] picture, PictureInfo info) throws PictureException {
    dataCheck.check(picture, info);
    FfmpegFrame frame = new FfmpegFrame();
    // One of its own for each picture: what a decoder has learnt from one, its Huffman tables for
    // instance, counts for the next one else.
    try (FfmpegDecoder decoder = new FfmpegDecoder(info.format())) {
      decoder.decode(picture, info, frame.avFrame());
      if (!frame.size().equals(new PictureSize(info.widthPixels(), info.heightPixels()))) {
        throw new PictureException(
            Reason.DAMAGED, "the picture is not of the size that its header says");
      }
      frame.completeColours(info.format() == ImageFormat.WEBP);
      return frame.needsUnfolding() ? unfolded(frame) : frame;
    } catch (PictureException e) {
      frame.close();
      throw e;
    }
  }

  private static FfmpegFrame unfolded(FfmpegFrame palette) throws PictureException {
    FfmpegFrame colours = new FfmpegFrame(PixelLayout.TRANSPARENT, palette.size());
    try {
      FfmpegScaler.convert(palette, colours);
    } catch (PictureException e) {
      colours.close();
      throw e;
    }
    palette.close();
    return colours;
  }

  FfmpegFrame scale(FfmpegScaler.Kind kind, FfmpegFrame source, long pictureSerial)
      throws PictureException {
    return scalers
        .get(kind, wanted -> new FfmpegScaler(wanted, source))
        .scale(source, pictureSerial, turn);
  }

  byte[] encode(FfmpegFrame pixels, Encoding wanted) throws PictureException {
    FfmpegEncoder.Kind kind = FfmpegEncoder.Kind.of(wanted);
    try {
      return encoders.get(kind, FfmpegEncoder::new).encode(pixels, wanted.quality());
    } catch (PictureException e) {
      encoders.drop(kind);
      throw e;
    }
  }

  /** The luma of a picture that has been encoded, at its full size. */
  byte[] luma(EncodedPicture encoded) throws PictureException {
    Encoding encoding = encoded.encoding();
    PictureSize size = encoding.size();
    PictureInfo info =
        new PictureInfo(
            encoding.format(), size.widthPixels(), size.heightPixels(), COLOURS, PLAIN_BITS);
    try (FfmpegPicture again = open(encoded.bytes(), info, size)) {
      return again.luma(size);
    }
  }

  /** Frees everything native; pictures that are still open are the caller's to close. */
  @Override
  public void close() {
    encoders.close();
    scalers.close();
  }
}
