package io.imagebus.image.webp;

import static io.imagebus.image.webp.Faults.damaged;

import io.imagebus.image.codec.PictureException;
import java.util.HexFormat;

/*
 * RFC 9649, 3.6. A pixel is a colour of four symbols, or one of the colours used last, named by its
 * hash, or a copy begins there. How many bits it takes does not depend on the colours before it, so
 * they are kept only where somebody wants them.
 */
/** Reads the pixels of a lossless picture. One use, one thread. */
final class PixelReader {
  private static final int HASH = 0x1e35a7bd;

  /** For each short code of a distance: rows up, and eight less the columns to the left. */
  private static final byte[] NEAR =
      HexFormat.of()
          .parseHex(
              "1807171928062729161a262a38053739151b363a252b48044749141c353b464a242c58454b343c03"
                  + "5759131d565a232d444c555b333d68026769121e666a222e545c434d656b323e78017779535d111f"
                  + "646c424e767a212f757b313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070");

  private final LosslessBits data;
  private final int width;
  private final int pixels;
  private final int cacheBits;
  private int[] colours = {};
  private int[] cache = {};
  private boolean keeps;

  /**
   * A reader.
   *
   * @param cacheBits how many bits name one of the colours used last; 0 if none is named
   */
  PixelReader(LosslessBits data, int width, int height, int cacheBits) {
    this.data = data;
    this.width = width;
    this.pixels = width * height;
    this.cacheBits = cacheBits;
  }

  /** Reads all pixels; each has alpha, red, green and blue in its bytes from the highest down. */
  int[] read(PixelCodes codes) throws PictureException {
    keeps = true;
    colours = new int[pixels];
    cache = new int[1 << cacheBits];
    skip(new PixelCodes[] {codes}, Tiles.NONE);
    return colours;
  }

  /** Passes over all pixels. */
  void skip(PixelCodes[] groups, Tiles tiles) throws PictureException {
    if (groups.length == 1 && groups[0].takesNoBits() && !keeps) {
      return;
    }
    int x = 0;
    int y = 0;
    int at = 0;
    while (at < pixels) {
      int run = next(groups[tiles.group(x, y)], at);
      at += run;
      x += run;
      if (x >= width) {
        y += x / width;
        x %= width;
        if (data.isOverrun()) {
          throw damaged("its data ends before its last row");
        }
      }
    }
  }

  /** Reads what begins at a pixel; returns for how many it is. */
  private int next(PixelCodes codes, int at) throws PictureException {
    int green = codes.green().read(data);
    if (green < PixelCodes.VALUES) {
      int red = codes.red().read(data);
      int blue = codes.blue().read(data);
      int alpha = codes.alpha().read(data);
      keep(at, alpha << 24 | red << 16 | green << 8 | blue);
      return 1;
    }
    int length = green - PixelCodes.VALUES;
    if (length < PixelCodes.LENGTHS) {
      return copy(codes, at, length);
    }
    if (keeps) {
      keep(at, cache[length - PixelCodes.LENGTHS]);
    }
    return 1;
  }

  private int copy(PixelCodes codes, int at, int lengthSymbol) throws PictureException {
    int length = value(lengthSymbol);
    int distance = distance(value(codes.distance().read(data)));
    if (distance > at || length > pixels - at) {
      throw damaged("a copy from or to outside of it");
    }
    for (int to = at; keeps && to < at + length; to++) {
      keep(to, colours[to - distance]);
    }
    return length;
  }

  /** A length or a distance: a symbol for its magnitude, and the bits below. */
  private int value(int symbol) {
    if (symbol < 4) {
      return symbol + 1;
    }
    int bits = (symbol - 2) >> 1;
    return ((2 + (symbol & 1)) << bits) + data.take(bits) + 1;
  }

  /** The short codes stand for pixels near by in two dimensions. */
  private int distance(int code) {
    if (code > NEAR.length) {
      return code - NEAR.length;
    }
    int near = NEAR[code - 1];
    return Math.max(1, (near >> 4) * width + 8 - (near & 15));
  }

  private void keep(int at, int colour) {
    if (keeps) {
      colours[at] = colour;
      if (cacheBits > 0) {
        cache[(colour * HASH) >>> (Integer.SIZE - cacheBits)] = colour;
      }
    }
  }
}
