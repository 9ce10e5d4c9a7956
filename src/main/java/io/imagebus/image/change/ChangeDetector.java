package io.imagebus.image.change;

import io.imagebus.image.PictureInfo;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.dct.DcDecoder;
import io.imagebus.image.dct.DcMap;
import java.util.Optional;
import java.util.zip.CRC32C;

/*
 * Pictures are compared with the one sent last, not with the one before: what changes too slowly to
 * be seen from picture to picture adds up until it is seen.
 *
 * Noise is independent from block to block, a change is not. One block has to differ by seven
 * standard deviations of the noise, four neighbours together by six of theirs, which are twice as
 * large: three a block. Noise alone reaches neither in the pictures of a year, and a person fifteen
 * pixels wide, a few grey levels from the background, reaches both.
 */
/**
 * Compares the pictures of one camera with the one that was sent last. Keeps of that one its
 * checksum and its DC map. Exact repeats are found for every format, repeats to the eye for the
 * JPEGs that {@link DcDecoder} takes. Owned by one thread.
 */
public final class ChangeDetector {
  private static final double ONE_BLOCK = 7;
  private static final double FOUR_BLOCKS = 6 * 2;

  private final DcDecoder decoder = new DcDecoder();
  private final CRC32C crc = new CRC32C();
  private NoiseEstimate noise = new NoiseEstimate();

  private DcMap looked = new DcMap();
  private boolean lookedHasMap;
  private long lookedChecksum = -1;
  private DcMap sent = new DcMap();
  private boolean sentHasMap;
  private long sentChecksum = -1;

  /** Ready for the first picture of a camera, which is a change. */
  public ChangeDetector() {}

  /**
   * How a picture compares with the one sent last. A picture of another size, a damaged one, or one
   * that only another codec reads is a change.
   *
   * @param info what the probe has said of it
   */
  public Change look(byte[] picture, PictureInfo info) {
    crc.reset();
    crc.update(picture, 0, picture.length);
    lookedChecksum = crc.getValue() << Integer.SIZE | picture.length;
    if (lookedChecksum == sentChecksum) {
      return Change.SAME_BYTES;
    }
    lookedHasMap = decode(picture, info);
    if (!lookedHasMap || !sentHasMap) {
      return Change.CHANGED;
    }
    if (!looked.isOfSameSize(sent)) {
      noise = new NoiseEstimate();
      return Change.CHANGED;
    }
    double deviation = noise.update(looked, sent);
    return differs(deviation) ? Change.CHANGED : Change.SAME_TO_THE_EYE;
  }

  /** The picture that was looked at last has been sent: the next ones are compared with it. */
  public void sent() {
    if (lookedChecksum == sentChecksum) {
      return;
    }
    DcMap old = sent;
    sent = looked;
    looked = old;
    sentHasMap = lookedHasMap;
    sentChecksum = lookedChecksum;
    lookedHasMap = false;
  }

  /** The DC map of the picture that was sent last, if it has one. Valid until the next is sent. */
  public Optional<DcMap> lastSent() {
    return sentHasMap ? Optional.of(sent) : Optional.empty();
  }

  private boolean decode(byte[] picture, PictureInfo info) {
    try {
      decoder.decode(picture, info, looked);
      return true;
    } catch (PictureException e) {
      // Whether such a picture passes is not decided here.
      return false;
    }
  }

  private boolean differs(double deviation) {
    double oneBlock = deviation * ONE_BLOCK;
    double fourBlocks = deviation * FOUR_BLOCKS;
    for (int y = 0; y < looked.height(); y++) {
      int above = Math.max(y - 1, 0);
      int pairBefore = 0;
      for (int x = 0; x < looked.width(); x++) {
        int difference = difference(x, y);
        int pair = difference + difference(x, above);
        if (Math.abs(difference) > oneBlock
            || (x > 0 && y > 0 && Math.abs(pairBefore + pair) > fourBlocks)) {
          return true;
        }
        pairBefore = pair;
      }
    }
    return false;
  }

  private int difference(int x, int y) {
    return looked.level(x, y) - sent.level(x, y);
  }
}
