package io.imagebus.image.webp;

/** Which group of prefix codes holds in which square tile of a lossless picture. Immutable. */
final class Tiles {
  /** One group everywhere. */
  static final Tiles NONE = new Tiles(31, 1, new int[] {0}, 1);

  private final int tileBits;
  private final int tilesWide;
  private final int[] groupOfTile;
  private final int groups;

  private Tiles(int tileBits, int tilesWide, int[] groupOfTile, int groups) {
    this.tileBits = tileBits;
    this.tilesWide = tilesWide;
    this.groupOfTile = groupOfTile;
    this.groups = groups;
  }

  /**
   * Tiles of a picture.
   *
   * @param tileBits the side of a tile is two to the power of it
   * @param pixels a pixel for each tile, the number of its group in red and green
   */
  static Tiles of(int tileBits, int tilesWide, int[] pixels) {
    int[] groupOfTile = pixels.clone();
    int last = 0;
    for (int i = 0; i < groupOfTile.length; i++) {
      groupOfTile[i] = groupOfTile[i] >> 8 & 0xFFFF;
      last = Math.max(last, groupOfTile[i]);
    }
    return new Tiles(tileBits, tilesWide, groupOfTile, last + 1);
  }

  int groups() {
    return groups;
  }

  int group(int x, int y) {
    return groupOfTile[(y >> tileBits) * tilesWide + (x >> tileBits)];
  }
}
