package io.imagebus.image.change;

/** How a picture compares with the one that was sent last. */
public enum Change {
  /** It is that one, byte for byte. */
  SAME_BYTES,
  /** Nothing but noise is different. */
  SAME_TO_THE_EYE,
  /** Something is different, or it cannot be told. */
  CHANGED
}
