package io.imagebus.image.codec;

import static io.imagebus.image.codec.FfmpegLibrary.allocated;

import io.imagebus.image.Orientation;
import io.imagebus.image.codec.PictureException.Reason;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/*
 * Bicubic, widened by the ratio when it makes smaller, so that nothing is skipped. Transparent
 * pixels are laid over black before.
 */
/** Scales frames of one kind to one size and layout, into a frame that it keeps. */
final class FfmpegScaler implements AutoCloseable {

  /** From what to what; the target is upright. */
  record Kind(
      int pixelFormat,
      int range,
      PictureSize from,
      PixelLayout layout,
      PictureSize to,
      Orientation orientation) {}

  private final Kind kind;
  private final SwsContext context;
  private final FfmpegFrame scaled;
  private final @Nullable FfmpegFrame upright;
  private long filledFrom = -1;

  FfmpegScaler(Kind kind, FfmpegFrame example) throws PictureException {
    this.kind = kind;
    PictureSize to = kind.to();
    boolean swaps = kind.orientation().swapsSides();
    scaled = new FfmpegFrame(kind.layout(), swaps ? to.swapped() : to);
    upright = kind.orientation() == Orientation.UPRIGHT ? null : new FfmpegFrame(kind.layout(), to);
    context = allocated(swscale.sws_alloc_context());
    int exact = swscale.SWS_FULL_CHR_H_INT | swscale.SWS_FULL_CHR_H_INP | swscale.SWS_ACCURATE_RND;
    boolean converts = example.isRgb() || kind.layout().isRgb();
    context.threads(1).flags(swscale.SWS_BICUBIC | (converts ? exact : 0));
    if (example.hasAlpha()) {
      context.alpha_blend(swscale.SWS_ALPHA_BLEND_UNIFORM);
    }
  }

  /**
   * Scales, unless this very picture has been scaled last.
   *
   * @param serial the number of the picture
   */
  FfmpegFrame scale(FfmpegFrame source, long serial, Turn turn) throws PictureException {
    FfmpegFrame result = upright == null ? scaled : upright;
    if (filledFrom != serial) {
      filledFrom = -1;
      if (fill(source) < 0) {
        throw new PictureException(Reason.FAILED, "cannot scale to " + kind);
      }
      if (upright != null) {
        turn.turn(scaled, upright, kind.layout(), kind.orientation());
      }
      filledFrom = serial;
    }
    return result;
  }

  /** Where nothing changes it copies: the scaler would leave out the last row of odd planes. */
  private int fill(FfmpegFrame source) {
    AVFrame into = scaled.avFrame();
    boolean same =
        kind.pixelFormat() == kind.layout().pixelFormat()
            && kind.range() == kind.layout().range()
            && kind.from().equals(scaled.size());
    return same
        ? avutil.av_frame_copy(into, source.avFrame())
        : swscale.sws_scale_frame(context, into, source.avFrame());
  }

  /** Unfolds a picture into another layout of the same size. */
  static void convert(FfmpegFrame from, FfmpegFrame to) throws PictureException {
    SwsContext once = allocated(swscale.sws_alloc_context());
    try {
      once.threads(1);
      if (swscale.sws_scale_frame(once, to.avFrame(), from.avFrame()) < 0) {
        throw new PictureException(Reason.FAILED, "cannot unfold a palette");
      }
    } finally {
      swscale.sws_free_context(once);
    }
  }

  @Override
  public void close() {
    swscale.sws_free_context(context);
    scaled.close();
    if (upright != null) {
      upright.close();
    }
  }
}
