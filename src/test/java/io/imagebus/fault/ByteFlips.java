package io.imagebus.fault;

import java.util.SplittableRandom;

/**
 * Changes one bit of every nth chunk that passes, in the chunk's header or in its payload, and
 * counts the changes. Thread-safe.
 */
final class ByteFlips {

  /** What of a chunk is changed. */
  enum Part {
    HEADER,
    PAYLOAD
  }

  private final SplittableRandom random;
  private final Part part;
  private final int every;
  private long most;
  private long chunks;
  private long flips;

  /**
   * Flips from the first chunk on.
   *
   * @param every one of so many chunks
   * @param most stops after so many
   */
  ByteFlips(long seed, Part part, int every, long most) {
    this.random = new SplittableRandom(seed);
    this.part = part;
    this.every = every;
    this.most = most;
  }

  /** Takes a chunk that passes. */
  synchronized void pass(byte[] message, MessageFormat.Place chunk) {
    chunks++;
    if (chunks % every != 0 || flips == most) {
      return;
    }
    int at =
        part == Part.HEADER
            ? random.nextInt(chunk.headerAt(), chunk.payloadAt())
            : random.nextInt(chunk.payloadAt(), chunk.end());
    message[at] ^= (byte) (1 << random.nextInt(8));
    flips++;
  }

  /** No more changes from here on. */
  synchronized void stop() {
    most = flips;
  }

  /** Chunks changed so far. */
  synchronized long flips() {
    return flips;
  }

  /** Chunks that passed so far. */
  synchronized long chunks() {
    return chunks;
  }
}
