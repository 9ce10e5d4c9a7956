package io.imagebus.image;

/** In which order and with which methods the pixels of a picture are stored. */
public enum Coding {
  /** Row by row, each pixel at once: what cameras send. */
  SEQUENTIAL,
  /** Coarse first, finer with each pass: a progressive JPEG, an interlaced PNG. */
  PROGRESSIVE,
  /** A JPEG process that few decoders know: arithmetic, lossless or hierarchical. */
  RARE,
  /**
   * Prefix codes with nothing to check them by: a lossless WebP, or the alpha of a lossy one. What
   * damage makes of them is often as sound a picture as the first.
   */
  PREFIX_CODES
}
