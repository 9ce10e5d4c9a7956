package io.imagebus.image.codec;

import static io.imagebus.image.codec.FfmpegLibrary.allocated;

import io.imagebus.image.codec.PictureException.Reason;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Pixels in native memory. Owned by one thread. */
final class FfmpegFrame implements AutoCloseable {
  private final AVFrame frame = allocated(avutil.av_frame_alloc());

  /** An empty frame, for a decoder to fill. */
  FfmpegFrame() {}

  /** A frame with room for a picture. */
  FfmpegFrame(PixelLayout layout, PictureSize size) throws PictureException {
    this(layout.pixelFormat(), size);
    frame
        .color_range(layout.range())
        .colorspace(layout.isRgb() ? avutil.AVCOL_SPC_RGB : avutil.AVCOL_SPC_BT470BG)
        .chroma_location(avutil.AVCHROMA_LOC_CENTER);
  }

  /** The same with colours that are said later, by {@link #completeColours}. */
  FfmpegFrame(int pixelFormat, PictureSize size) throws PictureException {
    frame.format(pixelFormat).width(size.widthPixels()).height(size.heightPixels());
    if (avutil.av_frame_get_buffer(frame, 0) < 0) {
      close();
      throw new PictureException(Reason.FAILED, "no memory for a picture of " + size);
    }
  }

  AVFrame avFrame() {
    return frame;
  }

  PictureSize size() {
    return new PictureSize(frame.width(), frame.height());
  }

  /** Whether the scaler could not lay it over black as it is: a palette, or limited YUV. */
  boolean needsUnfolding() {
    boolean limited = frame.color_range() == avutil.AVCOL_RANGE_MPEG;
    return hasAlpha() && (limited || frame.format() == avutil.AV_PIX_FMT_PAL8);
  }

  boolean hasAlpha() {
    return (flags() & avutil.AV_PIX_FMT_FLAG_ALPHA) != 0;
  }

  boolean isRgb() {
    return (flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
  }

  private long flags() {
    AVPixFmtDescriptor descriptor = avutil.av_pix_fmt_desc_get(frame.format());
    return descriptor == null ? 0 : descriptor.flags();
  }

  /**
   * Writes down what decoders leave unsaid. Whatever is not said to be limited is full but for the
   * YUV of WebP, and all YUV here is that of ITU-R BT.601.
   */
  void completeColours(boolean webp) {
    boolean limited = webp && !isRgb() && frame.color_range() != avutil.AVCOL_RANGE_JPEG;
    frame.color_range(limited ? avutil.AVCOL_RANGE_MPEG : avutil.AVCOL_RANGE_JPEG);
    frame.colorspace(isRgb() ? avutil.AVCOL_SPC_RGB : avutil.AVCOL_SPC_BT470BG);
    frame.color_primaries(avutil.AVCOL_PRI_UNSPECIFIED);
    frame.color_trc(avutil.AVCOL_TRC_UNSPECIFIED);
    frame.chroma_location(avutil.AVCHROMA_LOC_CENTER);
  }

  /** Copies the rows of a plane, without the gaps between them. */
  void read(int plane, int rowBytes, int rows, byte[] into) {
    BytePointer data = frame.data(plane);
    for (int row = 0; row < rows; row++) {
      data.position((long) row * frame.linesize(plane)).get(into, row * rowBytes, rowBytes);
    }
  }

  /** Copies rows without gaps into a plane. */
  void write(int plane, int rowBytes, int rows, byte[] from) {
    write(plane, rowBytes, rows, from, rowBytes);
  }

  /** Copies rows that lie {@code stride} bytes apart into a plane. */
  void write(int plane, int rowBytes, int rows, byte[] from, int stride) {
    int lineBytes = frame.linesize(plane);
    ByteBuffer data = frame.data(plane).capacity((long) lineBytes * rows).asByteBuffer();
    for (int row = 0; row < rows; row++) {
      data.put(row * lineBytes, from, row * stride, rowBytes);
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
  }
}
