package io.imagebus.image.dct;

/** Which Huffman tables a picture is written with. */
public enum HuffmanMode {
  /** The typical ones: in one pass. */
  STANDARD,
  /** The best ones for this picture: a few per cent fewer bytes for a second pass. */
  OPTIMISED
}
