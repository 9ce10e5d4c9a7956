package io.imagebus.image.dct;

/**
 * Transforms many blocks in one go, which is where SIMD comes from. Coefficients are already
 * multiplied by their divisors when they are put in. Owned by one thread.
 */
interface BlockBatch {

  /** The blocks that there is room for. */
  int capacity();

  /**
   * Where coefficients are put: that of the file's place k of block b at {@code targets[k] + b}.
   */
  int[] coefficients();

  /** As {@link #coefficients()} says; not to be changed. */
  int[] targets();

  /** Forgets what coefficients there are. */
  void clear();

  /** Makes the samples of the first blocks; their coefficients are zero afterwards. */
  void transform(int blocks);

  /** Copies one line of the samples of some blocks to {@code out}, side by side. */
  void copyLine(int line, int firstBlock, int blocks, byte[] out, int at);
}
