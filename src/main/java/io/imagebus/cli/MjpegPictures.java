package io.imagebus.cli;

import io.imagebus.client.JpegSplitter;
import io.imagebus.frame.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Queue;

/** A bare row of JPEGs, from standard input or a file. Used by one thread. */
final class MjpegPictures implements PictureSource {

  private static final int PIECE_BYTES = 64 * 1024;
  private static final int MAX_PICTURE_BYTES = 64 * 1024 * 1024;

  private final InputStream in;
  private final Queue<byte[]> split = new ArrayDeque<>();
  private final JpegSplitter splitter = new JpegSplitter(MAX_PICTURE_BYTES, split::add);

  MjpegPictures(InputStream in) {
    this.in = in;
  }

  @Override
  public void read(Sink sink) throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      splitter.feed(piece, 0, length);
      for (byte[] jpeg = split.poll(); jpeg != null; jpeg = split.poll()) {
        sink.accept(new Picture(jpeg, ImageFormat.JPEG));
      }
    }
    splitter.end();
  }

  @Override
  public long leftOut() {
    return splitter.brokenPictures() + splitter.oversizedPictures();
  }
}
