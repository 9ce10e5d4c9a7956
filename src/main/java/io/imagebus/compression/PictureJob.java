package io.imagebus.compression;

import io.imagebus.chunk.ChunkedFrame;
import java.util.List;

/**
 * What shall be made of one frame. Immutable, but for what the streams of its variants have learnt,
 * which one job at a time may touch.
 */
record PictureJob(ChunkedFrame frame, List<Recipe> recipes) {

  /** Copies the list. */
  PictureJob {
    recipes = List.copyOf(recipes);
  }
}
