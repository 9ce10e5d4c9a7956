package io.imagebus.image.dct;

import static io.imagebus.image.dct.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.util.Arrays;

/**
 * One colour component of a JPEG of several scans, and which of its coefficients they have told so
 * far. Owned by one thread.
 */
final class ScannedComponent {
  private static final int UNTOLD = -1;

  private final int id;
  private final int horizontal;
  private final int vertical;
  private final int stride;
  private final int blocksWide;
  private final int blocksHigh;
  private final long[] there;
  private final int[] missingBits = new int[ZigZag.COEFFICIENTS];

  /**
   * A component of which nothing has been told.
   *
   * @param factors as in the frame header: blocks of an MCU beside and above each other
   */
  ScannedComponent(int id, int factors, PictureGrid grid) {
    this.id = id;
    this.horizontal = factors >> 4;
    this.vertical = factors & 15;
    this.stride = grid.mcusWide() * horizontal;
    this.blocksWide = grid.blocksWide(horizontal);
    this.blocksHigh = grid.blocksHigh(vertical);
    this.there = new long[stride * grid.mcusHigh() * vertical];
    Arrays.fill(missingBits, UNTOLD);
  }

  /**
   * A scan tells the coefficients {@code from} to {@code to}.
   *
   * @param highBit bits that were missing before it, 0 if it is the first to tell them
   * @param lowBit bits that are missing after it
   * @throws PictureException if the scans before it do not lead up to it
   */
  void tell(int from, int to, int highBit, int lowBit) throws PictureException {
    for (int k = from; k <= to; k++) {
      boolean first = highBit == 0 && missingBits[k] == UNTOLD;
      boolean again = highBit > 0 && missingBits[k] == highBit && lowBit == highBit - 1;
      if (!first && !again) {
        throw damaged("a scan that does not go on where those before it ended");
      }
      missingBits[k] = lowBit;
    }
  }

  /** Whether any scan has told how bright its blocks are. */
  boolean isTold() {
    return missingBits[0] != UNTOLD;
  }

  int id() {
    return id;
  }

  /** Blocks of an MCU beside each other. */
  int horizontal() {
    return horizontal;
  }

  /** Blocks of an MCU above each other. */
  int vertical() {
    return vertical;
  }

  /** Blocks beside each other, those included that fill the last MCU up. */
  int stride() {
    return stride;
  }

  /** Blocks beside each other that show something. */
  int blocksWide() {
    return blocksWide;
  }

  /** Blocks above each other that show something. */
  int blocksHigh() {
    return blocksHigh;
  }

  /** For each block a bit for each coefficient that is not zero. To be kept up by who reads. */
  long[] there() {
    return there;
  }
}
