package io.imagebus.image.codec;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.Coding;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import io.imagebus.image.dct.JpegPlanes;
import io.imagebus.image.dct.Plane;
import io.imagebus.image.dct.Sampling;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;

/*
 * FFmpeg's decoder takes a Huffman code that has lost its place for a picture as long as there is
 * data. Ours is strict, as quick at the full size and quicker below, where FFmpeg's transforms have
 * no SIMD. It holds its planes on the heap, so the largest pictures are decoded by FFmpeg after ours
 * has checked them.
 */
/** Decodes sequential JPEGs strictly into native memory. Owned by one thread. */
final class SequentialJpegs {
  /** A picture of 4K; a byte and a half of heap for each. */
  private static final long MOST_WHOLE_PIXELS = 9_000_000;

  private final JpegPlanes planes = new JpegPlanes();

  /**
   * Decodes.
   *
   * @param largest upright
   * @return to be closed; nothing if FFmpeg is to decode the picture
   * @throws PictureException if it is damaged
   */
  Optional<FfmpegFrame> decode(byte[] picture, PictureInfo info, PictureSize largest)
      throws PictureException {
    if (info.format() != ImageFormat.JPEG || info.coding() != Coding.SEQUENTIAL) {
      return Optional.empty();
    }
    if (info.pixels() > MOST_WHOLE_PIXELS && !isAtMostHalf(largest, info)) {
      return Optional.empty();
    }
    try {
      planes.decode(picture, info, largest);
    } catch (PictureException e) {
      if (e.reason() != Reason.NOT_FOR_THIS_CODEC) {
        throw e;
      }
      return Optional.empty();
    }
    return planes.sampling() == Sampling.OTHER ? Optional.empty() : Optional.of(copied());
  }

  private static boolean isAtMostHalf(PictureSize largest, PictureInfo info) {
    return 2 * largest.widthPixels() <= info.uprightWidthPixels() + 1
        && 2 * largest.heightPixels() <= info.uprightHeightPixels() + 1;
  }

  private FfmpegFrame copied() throws PictureException {
    Plane luma = planes.plane(0);
    FfmpegFrame frame =
        new FfmpegFrame(
            pixelFormat(planes.sampling()), new PictureSize(luma.width(), luma.height()));
    for (int i = 0; i < planes.count(); i++) {
      Plane plane = planes.plane(i);
      frame.write(i, plane.width(), plane.height(), plane.samples(), plane.stride());
    }
    frame.completeColours(false);
    return frame;
  }

  private static int pixelFormat(Sampling sampling) {
    return switch (sampling) {
      case GREY -> avutil.AV_PIX_FMT_GRAY8;
      case ALL -> avutil.AV_PIX_FMT_YUVJ444P;
      case HALF_WIDTH -> avutil.AV_PIX_FMT_YUVJ422P;
      case HALF_HEIGHT -> avutil.AV_PIX_FMT_YUVJ440P;
      case HALF_BOTH -> avutil.AV_PIX_FMT_YUVJ420P;
      case QUARTER_WIDTH -> avutil.AV_PIX_FMT_YUVJ411P;
      case OTHER -> avutil.AV_PIX_FMT_NONE;
    };
  }
}
