package io.imagebus.image.codec;

import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/*
 * A Huffman code that has lost its place goes on and decodes rubbish; FFmpeg takes it for a picture
 * unless the data ends too early. What gives it away is data that is left when the last block has
 * been decoded. The library tells how much it has used in its notes for debugging alone:
 *
 *   escaping removed 65 bytes
 *   marker=da avail_size_in_buf=22248
 *   marker parser used 22182 bytes (177449 bits)
 *
 * so those are read here, about 25 short lines a picture. A sound scan leaves one byte, the first of
 * the next marker. If another version of the library words it otherwise nothing is found, and the
 * test of damaged pictures fails.
 */
/** Finds JPEG scans of which data was left over. The library's only listener; any thread. */
final class ScanWatch extends LogCallback {
  private static final String REMOVED = "escaping removed ";
  private static final String SCAN = "marker=da avail_size_in_buf=";
  private static final String USED = "marker parser used ";

  /** Encoders in hardware may fill up to a word. */
  private static final int SPARE_BYTES = 4;

  private static final ThreadLocal<Scan> WATCHED = new ThreadLocal<>();

  private static final class Scan {
    int removedBytes;
    int availableBytes = -1;
    boolean leftOver;
  }

  /** Listens from now on, in place of the library's own log. */
  void listen() {
    avutil.setLogCallback(this);
    avutil.av_log_set_level(avutil.AV_LOG_DEBUG);
  }

  /** Begins to watch the decoder that this thread is about to run. */
  static void begin() {
    WATCHED.set(new Scan());
  }

  /** Ends watching; says whether a scan since {@link #begin} did not use its data up. */
  static boolean leftOver() {
    Scan scan = WATCHED.get();
    WATCHED.remove();
    return scan != null && scan.leftOver;
  }

  @Override
  public void call(int level, BytePointer message) {
    Scan scan = WATCHED.get();
    if (scan == null || level != avutil.AV_LOG_DEBUG) {
      return;
    }
    String line = message.getString();
    int at = line.indexOf("] ") + 2;
    if (line.startsWith(REMOVED, at)) {
      scan.removedBytes = number(line, at + REMOVED.length());
    } else if (line.startsWith(SCAN, at)) {
      scan.availableBytes = number(line, at + SCAN.length());
    } else if (line.startsWith(USED, at) && scan.availableBytes >= 0) {
      int usedBytes = number(line, at + USED.length());
      scan.leftOver |= scan.availableBytes - scan.removedBytes - usedBytes > 1 + SPARE_BYTES;
      scan.availableBytes = -1;
    }
  }

  private static int number(String line, int from) {
    int value = 0;
    for (int at = from; at < line.length() && Character.isDigit(line.charAt(at)); at++) {
      value = 10 * value + Character.digit(line.charAt(at), 10);
    }
    return value;
  }
}
