package io.imagebus.image.codec;

import static io.imagebus.image.codec.FfmpegLibrary.allocated;

import io.imagebus.frame.ImageFormat;
import io.imagebus.image.codec.PictureException.Reason;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One open encoder: of JPEG or PNG for every quality, of WebP for one. */
final class FfmpegEncoder implements AutoCloseable {
  /** The picture's quantiser at which the matrices count as they are. */
  private static final int PLAIN_QUANTISER = 8;

  private static final int RATE = 25;

  private final AVCodecContext context;
  private final AVPacket packet;
  private final QuantiserTables tables;
  private long pictures;

  /**
   * Which encoder.
   *
   * @param quality 0 where one encoder serves all
   */
  record Kind(ImageFormat format, PictureSize size, int quality) {
    static Kind of(Encoding wanted) {
      boolean one = wanted.format() == ImageFormat.WEBP;
      return new Kind(wanted.format(), wanted.size(), one ? wanted.wholeQuality() : 0);
    }
  }

  FfmpegEncoder(Kind kind) throws PictureException {
    PixelLayout layout = PixelLayout.of(kind.format());
    AVCodec codec = codec(kind.format());
    packet = allocated(avcodec.av_packet_alloc());
    context = allocated(avcodec.avcodec_alloc_context3(codec));
    tables = new QuantiserTables();
    context
        .intra_matrix(tables.luma())
        .chroma_intra_matrix(tables.chroma())
        .width(kind.size().widthPixels())
        .height(kind.size().heightPixels())
        .pix_fmt(layout.pixelFormat())
        .color_range(layout.range())
        .thread_count(1)
        .flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_BITEXACT)
        .global_quality(kind.quality() * avutil.FF_QP2LAMBDA);
    context.time_base().num(1).den(RATE);
    context.sample_aspect_ratio().num(1).den(1);
    tables.fill(1);
    if (open(codec, kind.format()) < 0) {
      close();
      throw new PictureException(
          Reason.FAILED, "no encoder for %s of %s".formatted(kind.format(), kind.size()));
    }
  }

  private static AVCodec codec(ImageFormat format) throws PictureException {
    AVCodec codec =
        switch (format) {
          case JPEG -> avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MJPEG);
          case PNG -> avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_PNG);
          case WEBP -> avcodec.avcodec_find_encoder_by_name("libwebp");
        };
    if (codec == null) {
      throw new PictureException(Reason.FAILED, "no encoder for " + format);
    }
    return codec;
  }

  /** Fast rather than small: live pictures are looked at once. */
  private int open(AVCodec codec, ImageFormat format) {
    AVDictionary options = new AVDictionary(null);
    if (format == ImageFormat.JPEG) {
      avutil.av_dict_set(options, "huffman", "default", 0);
    } else {
      avutil.av_dict_set(options, "compression_level", format == ImageFormat.PNG ? "1" : "0", 0);
    }
    try {
      return avcodec.avcodec_open2(context, codec, options);
    } finally {
      avutil.av_dict_free(options);
    }
  }

  byte[] encode(FfmpegFrame picture, double quality) throws PictureException {
    tables.fill(quality);
    AVFrame frame = picture.avFrame();
    frame.quality(PLAIN_QUANTISER * avutil.FF_QP2LAMBDA).pts(pictures++);
    if (avcodec.avcodec_send_frame(context, frame) < 0
        || avcodec.avcodec_receive_packet(context, packet) < 0) {
      throw new PictureException(Reason.FAILED, "the encoder failed");
    }
    try {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      return bytes;
    } finally {
      avcodec.av_packet_unref(packet);
    }
  }

  @Override
  public void close() {
    avcodec.avcodec_free_context(context);
    avcodec.av_packet_free(packet);
  }
}
