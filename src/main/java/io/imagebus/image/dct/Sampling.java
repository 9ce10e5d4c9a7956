package io.imagebus.image.dct;

import java.util.List;

/** How many samples of luma there are to one of colour. */
public enum Sampling {
  /** No colour. */
  GREY,
  /** 4:4:4, one. */
  ALL,
  /** 4:2:2, two beside each other. */
  HALF_WIDTH,
  /** 4:4:0, two above each other. */
  HALF_HEIGHT,
  /** 4:2:0, two by two. */
  HALF_BOTH,
  /** 4:1:1, four beside each other. */
  QUARTER_WIDTH,
  /** Something else, such as two planes of colour that differ. */
  OTHER;

  static Sampling of(JpegFrame frame) {
    List<JpegComponent> components = frame.components();
    if (components.size() == 1) {
      return GREY;
    }
    JpegComponent luma = components.get(0);
    JpegComponent blue = components.get(1);
    JpegComponent red = components.get(2);
    boolean plain =
        luma.horizontal() == frame.maxHorizontal()
            && luma.vertical() == frame.maxVertical()
            && blue.horizontal() == red.horizontal()
            && blue.vertical() == red.vertical();
    int beside = luma.horizontal() / blue.horizontal();
    int above = luma.vertical() / blue.vertical();
    return plain ? of(beside, above) : OTHER;
  }

  private static Sampling of(int beside, int above) {
    return switch (beside * 10 + above) {
      case 11 -> ALL;
      case 21 -> HALF_WIDTH;
      case 12 -> HALF_HEIGHT;
      case 22 -> HALF_BOTH;
      case 41 -> QUARTER_WIDTH;
      default -> OTHER;
    };
  }
}
