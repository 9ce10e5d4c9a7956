package io.imagebus.image.codec;

import io.imagebus.image.Orientation;

/** Turns small pictures upright, sample by sample. Owned by one thread, which it saves garbage. */
final class Turn {
  private byte[] stored = new byte[0];
  private byte[] upright = new byte[0];

  /**
   * Turns a whole picture.
   *
   * @param upright of the same layout, its sides swapped if the orientation swaps them
   */
  void turn(FfmpegFrame from, FfmpegFrame upright, PixelLayout layout, Orientation orientation) {
    for (int plane = 0; plane < layout.planes(); plane++) {
      turnPlane(from, upright, plane, layout, orientation);
    }
  }

  private void turnPlane(
      FfmpegFrame from, FfmpegFrame to, int plane, PixelLayout layout, Orientation orientation) {
    PictureSize before = layout.plane(plane, from.size());
    PictureSize after = layout.plane(plane, to.size());
    int unit = layout.bytesPerSample();
    int bytes = before.widthPixels() * before.heightPixels() * unit;
    if (stored.length < bytes) {
      stored = new byte[bytes];
      upright = new byte[bytes];
    }
    from.read(plane, before.widthPixels() * unit, before.heightPixels(), stored);
    int at = 0;
    for (int y = 0; y < after.heightPixels(); y++) {
      for (int x = 0; x < after.widthPixels(); x++) {
        int source = unit * sourceOf(x, y, before, orientation);
        for (int i = 0; i < unit; i++) {
          upright[at++] = stored[source + i];
        }
      }
    }
    to.write(plane, after.widthPixels() * unit, after.heightPixels(), upright);
  }

  /** Where in the stored rows the sample lies that is shown at this place. */
  private static int sourceOf(int x, int y, PictureSize stored, Orientation orientation) {
    int right = stored.widthPixels() - 1;
    int bottom = stored.heightPixels() - 1;
    int column;
    int row;
    switch (orientation.quarterTurns()) {
      case 0 -> {
        column = x;
        row = y;
      }
      case 1 -> {
        column = y;
        row = bottom - x;
      }
      case 2 -> {
        column = right - x;
        row = bottom - y;
      }
      default -> {
        column = right - y;
        row = x;
      }
    }
    return row * stored.widthPixels() + (orientation.mirrored() ? right - column : column);
  }
}
