package io.imagebus.image;

/**
 * How the stored pixels are to be turned before they are shown (EXIF 2.32, tag 0x0112). The value
 * names what is done to the stored picture: mirrored left to right first, then turned clockwise.
 */
public enum Orientation {
  /** 1: as it is stored. */
  UPRIGHT(false, 0),
  /** 2. */
  MIRRORED(true, 0),
  /** 3. */
  TURNED_180(false, 2),
  /** 4: top to bottom. */
  MIRRORED_TURNED_180(true, 2),
  /** 5: along the diagonal. */
  MIRRORED_TURNED_270(true, 3),
  /** 6. */
  TURNED_90(false, 1),
  /** 7: along the other diagonal. */
  MIRRORED_TURNED_90(true, 1),
  /** 8. */
  TURNED_270(false, 3);

  private final boolean mirrored;
  private final int quarterTurns;

  Orientation(boolean mirrored, int quarterTurns) {
    this.mirrored = mirrored;
    this.quarterTurns = quarterTurns;
  }

  /** The one of an EXIF value; what is not 1 to 8 is upright. */
  static Orientation ofExif(int value) {
    return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
  }

  /** Whether the stored picture is mirrored left to right, before it is turned. */
  public boolean mirrored() {
    return mirrored;
  }

  /** How often it is turned clockwise by 90 degrees, 0 to 3. */
  public int quarterTurns() {
    return quarterTurns;
  }

  /** Whether width and height change places. */
  public boolean swapsSides() {
    return (quarterTurns & 1) == 1;
  }
}
