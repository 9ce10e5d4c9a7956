package io.imagebus.image.webp;

/**
 * What the header of a VP8 key frame (RFC 6386, 9.2 to 9.11 and 19.2) says of how its data is
 * coded.
 */
final class FrameHeader {
  private static final int SEGMENTS = 4;
  private static final int SEGMENT_NODES = 3;
  private static final int LOOP_FILTER_BITS = 6;
  private static final int LOOP_FILTER_DELTAS = 8;
  private static final int QUANTISER_BITS = 7;
  private static final int QUANTISER_DELTAS = 5;
  private static final int ALWAYS = 255;
  private static final int[] NONE = {};

  private final int partitions;
  private final int[] segmentProbabilities;
  private final int[] tokenProbabilities;
  private final int noSkipProbability;

  private FrameHeader(
      int partitions, int[] segmentProbabilities, int[] tokenProbabilities, int noSkipProbability) {
    this.partitions = partitions;
    this.segmentProbabilities = segmentProbabilities;
    this.tokenProbabilities = tokenProbabilities;
    this.noSkipProbability = noSkipProbability;
  }

  /** Reads the header from the beginning of the first partition. */
  static FrameHeader read(BoolDecoder data) {
    data.literal(2); // Colour space, whether values need clamping.
    int[] segments = data.flag() ? segments(data) : NONE;
    loopFilter(data);
    int partitions = 1 << data.literal(2);
    data.literal(QUANTISER_BITS);
    for (int i = 0; i < QUANTISER_DELTAS; i++) {
      data.skipSigned(4);
    }
    data.flag(); // Whether the probabilities are kept for frames that a still picture has not.
    int[] tokens = tokens(data);
    int noSkip = data.flag() ? data.literal(8) : -1;
    return new FrameHeader(partitions, segments, tokens, noSkip);
  }

  private static int[] segments(BoolDecoder data) {
    boolean map = data.flag();
    if (data.flag()) {
      data.flag(); // Whether the values are absolute.
      for (int i = 0; i < SEGMENTS; i++) {
        data.skipSigned(QUANTISER_BITS);
      }
      for (int i = 0; i < SEGMENTS; i++) {
        data.skipSigned(LOOP_FILTER_BITS);
      }
    }
    if (!map) {
      return NONE;
    }
    int[] probabilities = new int[SEGMENT_NODES];
    for (int i = 0; i < SEGMENT_NODES; i++) {
      probabilities[i] = data.flag() ? data.literal(8) : ALWAYS;
    }
    return probabilities;
  }

  private static void loopFilter(BoolDecoder data) {
    data.literal(1 + LOOP_FILTER_BITS + 3); // Type, level, sharpness.
    boolean hasDeltas = data.flag();
    if (hasDeltas && data.flag()) {
      for (int i = 0; i < LOOP_FILTER_DELTAS; i++) {
        data.skipSigned(LOOP_FILTER_BITS);
      }
    }
  }

  private static int[] tokens(BoolDecoder data) {
    int[] probabilities = new int[Vp8Probabilities.TOKENS];
    for (int i = 0; i < probabilities.length; i++) {
      boolean replaced = data.bit(Vp8Probabilities.ofNoUpdate(i)) != 0;
      probabilities[i] = replaced ? data.literal(8) : Vp8Probabilities.ofToken(i);
    }
    return probabilities;
  }

  /** Partitions with coefficients: 1, 2, 4 or 8. */
  int partitions() {
    return partitions;
  }

  /** Of the nodes of the tree of segments; none unless each macroblock names its segment. */
  int[] segmentProbabilities() {
    return segmentProbabilities;
  }

  /**
   * Of the nodes of the tree of tokens, as {@link Vp8Probabilities} has them. Not to be changed.
   */
  int[] tokenProbabilities() {
    return tokenProbabilities;
  }

  /** That a macroblock has coefficients, in parts of 256; negative if none says so. */
  int noSkipProbability() {
    return noSkipProbability;
  }
}
