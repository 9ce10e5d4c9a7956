package io.imagebus.image.webp;

import static io.imagebus.image.webp.Faults.damaged;

import io.imagebus.image.codec.PictureException;

/*
 * RFC 9649, chapter 3. A picture is a list of transforms, two of which have small pictures of their
 * own and one a palette; which of several groups of prefix codes holds for which tile, again a small
 * picture; the groups; the pixels. Only of the picture of groups the values matter here, so of all
 * others none is kept.
 */
/** Reads the data of one lossless picture to its end. One use, one thread. */
final class LosslessCheck {
  /** Encoders make no more than 2,600; each takes memory. */
  private static final int MOST_GROUPS = 4_096;

  private static final int COLOUR_INDEXING = 3;
  private static final int SUBTRACT_GREEN = 2;
  private static final int LEAST_TILE_BITS = 2;
  private static final int MOST_CACHE_BITS = 11;

  private final LosslessBits data;

  /** A picture of a part of the array, behind its signature and size. */
  LosslessCheck(byte[] bytes, int from, int end) {
    this.data = new LosslessBits(bytes, from, end);
  }

  void check(int width, int height) throws PictureException {
    int stored = transforms(width, height);
    int cacheBits = cacheBits();
    Tiles tiles = data.flag() ? tiles(stored, height) : Tiles.NONE;
    PixelCodes[] groups = new PixelCodes[tiles.groups()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = PixelCodes.read(data, cacheBits == 0 ? 0 : 1 << cacheBits);
      requireData();
    }
    new PixelReader(data, stored, height, cacheBits).skip(groups, tiles);
    if (!data.isAtEnd()) {
      throw damaged("its data does not end with its last pixel");
    }
  }

  /** Passes over the transforms; returns the width of what they were applied to. */
  private int transforms(int width, int height) throws PictureException {
    int stored = width;
    int seen = 0;
    while (data.flag()) {
      int kind = data.take(2);
      if ((seen & (1 << kind)) != 0) {
        throw damaged("the same transform twice");
      }
      seen |= 1 << kind;
      if (kind == COLOUR_INDEXING) {
        int colours = data.take(8) + 1;
        small(colours, 1, false);
        int perPixel = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
        stored = divided(stored, perPixel);
      } else if (kind != SUBTRACT_GREEN) {
        int tileBits = LEAST_TILE_BITS + data.take(3);
        small(divided(stored, tileBits), divided(height, tileBits), false);
      }
    }
    return stored;
  }

  private Tiles tiles(int width, int height) throws PictureException {
    int tileBits = LEAST_TILE_BITS + data.take(3);
    int tilesWide = divided(width, tileBits);
    int[] pixels = small(tilesWide, divided(height, tileBits), true);
    Tiles tiles = Tiles.of(tileBits, tilesWide, pixels);
    if (tiles.groups() > MOST_GROUPS) {
      throw damaged("%,d groups of prefix codes", tiles.groups());
    }
    return tiles;
  }

  /** Reads a picture that describes another; returns its pixels if they are to be kept. */
  private int[] small(int width, int height, boolean kept) throws PictureException {
    int cacheBits = cacheBits();
    PixelCodes codes = PixelCodes.read(data, cacheBits == 0 ? 0 : 1 << cacheBits);
    requireData();
    PixelReader reader = new PixelReader(data, width, height, cacheBits);
    if (kept) {
      return reader.read(codes);
    }
    reader.skip(new PixelCodes[] {codes}, Tiles.NONE);
    return new int[0];
  }

  /** How many bits name one of the colours used last; 0 if none is named. */
  private int cacheBits() throws PictureException {
    if (!data.flag()) {
      return 0;
    }
    int bits = data.take(4);
    if (bits < 1 || bits > MOST_CACHE_BITS) {
      throw damaged("a cache of 2^%d colours", bits);
    }
    return bits;
  }

  private void requireData() throws PictureException {
    if (data.isOverrun()) {
      throw damaged("its data ends before its pixels");
    }
  }

  private static int divided(int side, int bits) {
    return (side + (1 << bits) - 1) >> bits;
  }
}
