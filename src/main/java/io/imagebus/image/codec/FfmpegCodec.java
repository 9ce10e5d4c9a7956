package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Coding;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import java.util.Optional;

/*
 * Costs of a 1080p JPEG on one core: decoding at 1/1 and at 1/2 about 8 ms, at 1/4 and 1/8 6 ms
 * (two thirds of it is the entropy code, which no scale saves), scaling 0.4 ms, encoding 640 x 360
 * 1.2 ms. Opening an encoder is 1 to 2.5 ms, so what is open stays open.
 */
/**
 * Decodes, scales and encodes with FFmpeg, the fastest way there is here. Takes every warning of a
 * decoder for damage. Uses native memory: beside the picture's own pixels at most eight scaled
 * pictures. One thread at a time.
 */
public final class FfmpegCodec implements PictureCodec {
  private static final int OPEN_ENCODERS = 8;
  private static final int OPEN_SCALERS = 8;
  private static final int OPEN_DECODERS = 6;
  private static final int MOST_HALVINGS = 3;
  private static final int PLAIN_BITS = 8;
  private static final int COLOURS = 3;
  private static final int CMYK_COMPONENTS = 4;

  private final RecentlyUsed<FfmpegDecoder.Kind, FfmpegDecoder> decoders =
      new RecentlyUsed<>(OPEN_DECODERS);
  private final RecentlyUsed<FfmpegScaler.Kind, FfmpegScaler> scalers =
      new RecentlyUsed<>(OPEN_SCALERS);
  private final RecentlyUsed<FfmpegEncoder.Kind, FfmpegEncoder> encoders =
      new RecentlyUsed<>(OPEN_ENCODERS);
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
    boolean jpeg = info.format() == ImageFormat.JPEG;
    if (jpeg && (info.coding() == Coding.RARE || info.bitsPerSample() != PLAIN_BITS)) {
      throw new PictureException(
          Reason.NOT_FOR_THIS_CODEC, "FFmpeg does not decode this kind of JPEG");
    }
    int halvings = decodesSmall(info) ? halvings(info, largest) : 0;
    FfmpegFrame frame = pixels(picture, info, new FfmpegDecoder.Kind(info.format(), halvings));
    return new FfmpegPicture(this, frame, info, ++serial);
  }

  /**
   * FFmpeg's small progressive pictures are off in colour, and so might be what has four planes.
   */
  private static boolean decodesSmall(PictureInfo info) {
    return info.format() == ImageFormat.JPEG
        && info.coding() == Coding.SEQUENTIAL
        && info.components() < CMYK_COMPONENTS;
  }

  private FfmpegFrame pixels(byte[] picture, PictureInfo info, FfmpegDecoder.Kind kind)
      throws PictureException {
    FfmpegFrame frame = new FfmpegFrame();
    try {
      decode(picture, info, kind, frame);
      PictureSize expected =
          new PictureSize(
              shrunk(info.widthPixels(), kind.halvings()),
              shrunk(info.heightPixels(), kind.halvings()));
      if (!frame.size().equals(expected)) {
        throw new PictureException(
            Reason.DAMAGED, "the picture is not of the size that its header says");
      }
      frame.completeColours(info.format() == ImageFormat.WEBP);
      return frame.needsUnfolding() ? unfolded(frame) : frame;
    } catch (PictureException e) {
      frame.close();
      // Whatever it has learnt from a damaged picture, the next one does not inherit it.
      decoders.drop(kind);
      throw e;
    }
  }

  private void decode(byte[] picture, PictureInfo info, FfmpegDecoder.Kind kind, FfmpegFrame frame)
      throws PictureException {
    if (info.format() == ImageFormat.PNG) {
      // A PNG decoder that has decoded one picture garbles the next: seen with FFmpeg 8.0.1.
      try (FfmpegDecoder decoder = new FfmpegDecoder(kind)) {
        decoder.decode(picture, info, frame.avFrame());
      }
    } else {
      decoders.get(kind, FfmpegDecoder::new).decode(picture, info, frame.avFrame());
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

  /** How often the sides can be halved so that the largest that is wanted is still covered. */
  private static int halvings(PictureInfo info, PictureSize largest) {
    int halvings = 0;
    while (halvings < MOST_HALVINGS
        && shrunk(info.uprightWidthPixels(), halvings + 1) >= largest.widthPixels()
        && shrunk(info.uprightHeightPixels(), halvings + 1) >= largest.heightPixels()) {
      halvings++;
    }
    return halvings;
  }

  private static int shrunk(int sidePixels, int halvings) {
    return (sidePixels + (1 << halvings) - 1) >> halvings;
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
    decoders.close();
  }
}
