package io.imagebus.client;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/*
 * The end of a JPEG can only be found by walking it: segments are skipped by their length, so that a
 * thumbnail inside one, a whole JPEG itself, does not split the picture; in the data of a scan FF is
 * followed by 00 or a restart marker unless a real marker comes. After damage the walk begins anew
 * at the next start marker. Every byte is looked at once, and kept bytes are copied in runs.
 */
/**
 * Splits a bare row of JPEGs, as in {@code .mjpeg} files and in the output of {@code ffmpeg -f
 * mjpeg}, into pictures. Takes pieces of any length. Pictures that are damaged, cut short or too
 * large are left out and counted. Owned by one thread.
 */
public final class JpegSplitter {
  private static final int INITIAL_BYTES = 64 * 1024;

  private static final int TEM = 0x01;
  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;

  /** What the next byte is. */
  private enum Next {
    OUTSIDE,
    OUTSIDE_AFTER_FF,
    MARKER,
    MARKER_CODE,
    LENGTH_HIGH,
    LENGTH_LOW,
    SEGMENT,
    DATA,
    DATA_AFTER_FF
  }

  private final int maxPictureBytes;
  private final Consumer<byte[]> pictures;

  private Next next = Next.OUTSIDE;
  private int marker;
  private int segmentBytesLeft;
  private byte[] kept = new byte[0];
  private int keptBytes;
  private boolean tooLarge;
  private long wholePictures;
  private long brokenPictures;
  private long oversizedPictures;

  /**
   * @param maxPictureBytes longest picture that is handed on
   * @param pictures gets each whole picture in an array of its own, in order
   */
  public JpegSplitter(int maxPictureBytes, Consumer<byte[]> pictures) {
    if (maxPictureBytes < 4) {
      throw new IllegalArgumentException("maxPictureBytes is " + maxPictureBytes + ": at least 4");
    }
    this.maxPictureBytes = maxPictureBytes;
    this.pictures = pictures;
  }

  /** Takes the next piece. Whole pictures are handed on before this returns. */
  public void feed(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int end = offset + length;
    int unkept = offset;
    for (int at = offset; at < end; at++) {
      if (next == Next.SEGMENT) {
        int skipped = Math.min(segmentBytesLeft, end - at);
        segmentBytesLeft -= skipped;
        at += skipped - 1;
        next = segmentBytesLeft == 0 ? afterSegment() : Next.SEGMENT;
        continue;
      }
      int value = bytes[at] & 0xFF;
      if (isStart(value)) {
        start();
        unkept = at + 1;
      } else if (isEnd(value)) {
        keep(bytes, unkept, at + 1);
        finish();
      } else {
        next = after(value);
      }
    }
    if (inPicture()) {
      keep(bytes, unkept, end);
    }
  }

  /** The input is over; a picture that has begun is counted as broken. */
  public void end() {
    if (inPicture()) {
      abandon();
    }
    next = Next.OUTSIDE;
  }

  /** Pictures handed on. */
  public long wholePictures() {
    return wholePictures;
  }

  /** Pictures left out because a marker was not where it must be, or the end did not come. */
  public long brokenPictures() {
    return brokenPictures;
  }

  /** Pictures left out because they are longer than allowed. */
  public long oversizedPictures() {
    return oversizedPictures;
  }

  private boolean inPicture() {
    return next != Next.OUTSIDE && next != Next.OUTSIDE_AFTER_FF;
  }

  private boolean isStart(int value) {
    return value == SOI
        && (next == Next.OUTSIDE_AFTER_FF
            || next == Next.MARKER_CODE
            || next == Next.DATA_AFTER_FF);
  }

  private boolean isEnd(int value) {
    return value == EOI && (next == Next.MARKER_CODE || next == Next.DATA_AFTER_FF);
  }

  private Next after(int value) {
    return switch (next) {
      case OUTSIDE, OUTSIDE_AFTER_FF -> value == 0xFF ? Next.OUTSIDE_AFTER_FF : Next.OUTSIDE;
      case MARKER -> value == 0xFF ? Next.MARKER_CODE : abandon();
      case MARKER_CODE -> afterMarker(value);
      case LENGTH_HIGH -> {
        segmentBytesLeft = value << 8;
        yield Next.LENGTH_LOW;
      }
      case LENGTH_LOW -> {
        segmentBytesLeft = (segmentBytesLeft | value) - 2;
        yield segmentBytesLeft > 0
            ? Next.SEGMENT
            : segmentBytesLeft == 0 ? afterSegment() : abandon();
      }
      case SEGMENT -> throw new IllegalStateException("segments are skipped as a whole");
      case DATA -> value == 0xFF ? Next.DATA_AFTER_FF : Next.DATA;
      case DATA_AFTER_FF -> value == 0 || isRestart(value) ? Next.DATA : afterDataMarker(value);
    };
  }

  private Next afterMarker(int value) {
    if (value == 0xFF) {
      return Next.MARKER_CODE;
    }
    if (value == TEM) {
      return Next.MARKER;
    }
    if (value == 0 || isRestart(value)) {
      return abandon();
    }
    marker = value;
    return Next.LENGTH_HIGH;
  }

  private Next afterDataMarker(int value) {
    return value == 0xFF ? Next.DATA_AFTER_FF : afterMarker(value);
  }

  private Next afterSegment() {
    return marker == SOS ? Next.DATA : Next.MARKER;
  }

  private static boolean isRestart(int value) {
    return value >= RST0 && value <= RST7;
  }

  private void start() {
    if (inPicture()) {
      abandon();
    }
    keptBytes = 0;
    tooLarge = false;
    next = Next.MARKER;
    keep(new byte[] {(byte) 0xFF, (byte) SOI}, 0, 2);
  }

  private void finish() {
    next = Next.OUTSIDE;
    if (tooLarge) {
      oversizedPictures++;
    } else {
      wholePictures++;
      pictures.accept(Arrays.copyOf(kept, keptBytes));
    }
  }

  private Next abandon() {
    brokenPictures++;
    return Next.OUTSIDE;
  }

  private void keep(byte[] bytes, int from, int to) {
    int count = to - from;
    if (tooLarge || count > maxPictureBytes - keptBytes) {
      tooLarge = true;
      return;
    }
    if (keptBytes + count > kept.length) {
      long wanted = Math.max(keptBytes + count, Math.max(INITIAL_BYTES, 2L * kept.length));
      kept = Arrays.copyOf(kept, (int) Math.min(maxPictureBytes, wanted));
    }
    System.arraycopy(bytes, from, kept, keptBytes, count);
    keptBytes += count;
  }
}
