package io.imagebus.image.dct;

import io.imagebus.image.Orientation;

/** Turns and mirrors planes. */
final class PlaneTurner {
  private PlaneTurner() {}

  /**
   * Fills {@code upright}, whose size is set already, with what {@code stored} shows.
   *
   * @param orientation how the stored plane is to be turned
   */
  static void turn(Plane stored, Orientation orientation, Plane upright) {
    int right = stored.width() - 1;
    int bottom = stored.height() - 1;
    int quarters = orientation.quarterTurns();
    boolean mirrored = orientation.mirrored();
    // Of a target at (x, y): the source column is x or y, counted from the left or the right, and
    // the source row the other one, from the top or the bottom.
    boolean swapped = orientation.swapsSides();
    boolean fromRight = (quarters == 2 || quarters == 3) != mirrored;
    boolean fromBottom = quarters == 1 || quarters == 2;
    int columnStep = fromRight ? -1 : 1;
    int rowStep = fromBottom ? -stored.stride() : stored.stride();
    int origin = (fromRight ? right : 0) + (fromBottom ? bottom : 0) * stored.stride();
    int stepX = swapped ? rowStep : columnStep;
    int stepY = swapped ? columnStep : rowStep;
    byte[] from = stored.samples();
    byte[] to = upright.samples();
    for (int y = 0; y < upright.height(); y++) {
      int source = origin + y * stepY;
      int target = y * upright.stride();
      for (int x = 0; x < upright.width(); x++) {
        to[target + x] = from[source];
        source += stepX;
      }
    }
  }
}
