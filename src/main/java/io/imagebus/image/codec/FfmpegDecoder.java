package io.imagebus.image.codec;

import static io.imagebus.image.codec.FfmpegLibrary.allocated;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException.Reason;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** A decoder for one picture, which takes every fault for the end. */
final class FfmpegDecoder implements AutoCloseable {
  /** {@code AVERROR(ENOMEM)}, the same number everywhere. */
  private static final int NO_MEMORY = -12;

  /** By how much decoders round the sides of their buffers up. */
  private static final int ALIGNMENT = 64;

  private static final int STRICT =
      avcodec.AV_EF_EXPLODE
          | avcodec.AV_EF_BITSTREAM
          | avcodec.AV_EF_BUFFER
          | avcodec.AV_EF_CRCCHECK;

  private final AVCodecContext context;
  private final AVPacket packet;

  FfmpegDecoder(ImageFormat format) throws PictureException {
    packet = allocated(avcodec.av_packet_alloc());
    AVCodec codec = avcodec.avcodec_find_decoder(codecId(format));
    context = allocated(avcodec.avcodec_alloc_context3(codec));
    context.thread_count(1).err_recognition(STRICT);
    if (avcodec.avcodec_open2(context, codec, (@Nullable AVDictionary) null) < 0) {
      close();
      throw new PictureException(Reason.FAILED, "no decoder for " + format);
    }
  }

  private static int codecId(ImageFormat format) {
    return switch (format) {
      case JPEG -> avcodec.AV_CODEC_ID_MJPEG;
      case PNG -> avcodec.AV_CODEC_ID_PNG;
      case WEBP -> avcodec.AV_CODEC_ID_WEBP;
    };
  }

  /**
   * Decodes into a frame that is empty.
   *
   * @param info what the probe has said; a picture that turns out larger is not decoded
   */
  void decode(byte[] picture, PictureInfo info, AVFrame frame) throws PictureException {
    long mostRow = (long) info.widthPixels() + ALIGNMENT;
    context.max_pixels(mostRow * (info.heightPixels() + ALIGNMENT));
    fill(picture, info.format());
    try {
      check(avcodec.avcodec_send_packet(context, packet));
      check(avcodec.avcodec_receive_frame(context, frame));
    } finally {
      avcodec.av_packet_unref(packet);
    }
    if (frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0) {
      throw new PictureException(Reason.DAMAGED, "the picture data is damaged");
    }
  }

  /** Copies the picture; of a JPEG without its metadata, so that no fault in it counts. */
  private void fill(byte[] picture, ImageFormat format) throws PictureException {
    check(avcodec.av_new_packet(packet, picture.length));
    BytePointer data = packet.data();
    int filled = 0;
    int from = 0;
    if (format == ImageFormat.JPEG) {
      for (JpegSegment segment = JpegSegment.first(picture);
          segment.precedesPicture();
          segment = segment.next()) {
        if (segment.isMetadata()) {
          int length = segment.start() - from;
          data.position(filled).put(picture, from, length);
          filled += length;
          from = segment.end();
        }
      }
    }
    data.position(filled).put(picture, from, picture.length - from);
    avcodec.av_shrink_packet(packet, filled + picture.length - from);
  }

  private static void check(int code) throws PictureException {
    if (code >= 0) {
      return;
    }
    if (code == avutil.AVERROR_PATCHWELCOME) {
      throw new PictureException(
          Reason.NOT_FOR_THIS_CODEC, "a kind of picture that FFmpeg does not decode");
    }
    if (code == NO_MEMORY) {
      throw new PictureException(Reason.FAILED, "no memory to decode the picture");
    }
    throw new PictureException(Reason.DAMAGED, "the picture data is damaged or breaks off");
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(context);
    avcodec.av_packet_free(packet);
  }
}
