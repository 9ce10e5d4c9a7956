package io.imagebus.chunk;

import io.imagebus.wire.Chunk;
import io.imagebus.wire.ChunkHeader;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts the chunks of one stream together into frames. Frames come out in the order of their
 * numbers: a frame that is complete ends the wait for every older one. Holds at most a stated
 * number of bytes, or one frame; when full, the oldest unfinished frame goes. Owned by one event
 * loop.
 */
public final class FrameAssembler {

  /**
   * What is held and for how long.
   *
   * @param maxFrameBytes longest picture
   * @param maxHeldBytes memory of all unfinished frames
   * @param timeoutNanos an unfinished frame is given up after this
   */
  public record Limits(int maxFrameBytes, long maxHeldBytes, long timeoutNanos) {}

  /** What became of a chunk. */
  public sealed interface Outcome {}

  /** The frame is whole. */
  public record Complete(ChunkedFrame frame) implements Outcome {}

  /** More chunks are needed, or the chunk was not needed any more. */
  public record Waiting() implements Outcome {}

  /** The chunk contradicts the protocol. */
  public record Invalid(String why) implements Outcome {}

  private static final Outcome WAITING = new Waiting();

  /** What a chunk takes beside its payload: header, objects, its place in the frame. */
  private static final int CHUNK_OVERHEAD_BYTES = 256;

  /** What a frame takes for each chunk that it announces. */
  private static final int PLACE_BYTES = 8;

  private final Limits limits;
  private final TreeMap<Long, Partial> partials = new TreeMap<>(Long::compareUnsigned);
  private long heldBytes;
  private long abandonedFrames;
  private boolean begun;
  private long newestComplete;

  /** An assembler with nothing in it. */
  public FrameAssembler(Limits limits) {
    this.limits = limits;
  }

  /** Takes one chunk whose checksums hold. */
  public Outcome add(Chunk chunk, long nowNanos) {
    Optional<String> fault = fault(chunk);
    if (fault.isPresent()) {
      return new Invalid(fault.get());
    }
    ChunkHeader header = chunk.header();
    if (begun && Long.compareUnsigned(header.frameNumber(), newestComplete) <= 0) {
      return WAITING;
    }
    Partial partial = partials.get(header.frameNumber());
    if (partial == null) {
      partial = new Partial(header.count(), nowNanos);
      partials.put(header.frameNumber(), partial);
      heldBytes += partial.heldBytes;
    }
    Optional<String> contradiction = partial.fault(chunk, limits.maxFrameBytes());
    if (contradiction.isPresent()) {
      return new Invalid(contradiction.get());
    }
    heldBytes += partial.put(chunk);
    if (!partial.isWhole()) {
      makeRoom();
      return WAITING;
    }
    return finish(header.frameNumber(), partial);
  }

  private Outcome finish(long frameNumber, Partial partial) {
    begun = true;
    newestComplete = frameNumber;
    partials.remove(frameNumber);
    heldBytes -= partial.heldBytes;
    while (!partials.isEmpty() && Long.compareUnsigned(partials.firstKey(), frameNumber) < 0) {
      abandonOldest();
    }
    if (!partial.isContiguous()) {
      abandonedFrames++;
      return new Invalid("the chunks of frame " + frameNumber + " leave holes or overlap");
    }
    return new Complete(new ChunkedFrame(Arrays.asList(partial.chunks)));
  }

  private Optional<String> fault(Chunk chunk) {
    ChunkHeader header = chunk.header();
    if (header.count() == 0) {
      return Optional.of("chunk count is 0; a frame has at least one chunk");
    }
    if (header.index() >= header.count()) {
      return Optional.of(
          "chunk index " + header.index() + " is not below the chunk count " + header.count());
    }
    if (chunk.payloadLength() == 0 && header.count() > 1) {
      return Optional.of(
          "chunk " + header.index() + " of " + header.count() + " carries no payload");
    }
    long end = Integer.toUnsignedLong(header.offset()) + chunk.payloadLength();
    if (end > limits.maxFrameBytes()) {
      return Optional.of(
          "the chunk ends at byte "
              + end
              + " of its frame; a frame has at most "
              + limits.maxFrameBytes()
              + " bytes (frames.max-bytes)");
    }
    return Optional.empty();
  }

  private void makeRoom() {
    while (heldBytes > limits.maxHeldBytes() && partials.size() > 1) {
      abandonOldest();
    }
  }

  /** Gives up frames that were begun too long ago; to be called about once a second. */
  public void tick(long nowNanos) {
    for (Iterator<Partial> it = partials.values().iterator(); it.hasNext(); ) {
      Partial partial = it.next();
      if (nowNanos - partial.begunNanos >= limits.timeoutNanos()) {
        it.remove();
        heldBytes -= partial.heldBytes;
        abandonedFrames++;
      }
    }
  }

  private void abandonOldest() {
    heldBytes -= partials.pollFirstEntry().getValue().heldBytes;
    abandonedFrames++;
  }

  /** Memory of unfinished frames. */
  public long heldBytes() {
    return heldBytes;
  }

  /** Frames begun and given up. */
  public long abandonedFrames() {
    return abandonedFrames;
  }

  private static final class Partial {
    final Chunk[] chunks;
    final long begunNanos;
    long heldBytes;
    private long payloadBytes;
    private int missing;

    Partial(int count, long begunNanos) {
      this.chunks = new Chunk[count];
      this.missing = count;
      this.begunNanos = begunNanos;
      this.heldBytes = (long) PLACE_BYTES * count;
    }

    Optional<String> fault(Chunk chunk, int maxFrameBytes) {
      ChunkHeader header = chunk.header();
      if (header.count() != chunks.length) {
        return Optional.of(
            "frame "
                + header.frameNumber()
                + " was announced with "
                + chunks.length
                + " chunks and now with "
                + header.count());
      }
      if (chunks[header.index()] != null) {
        return Optional.of(
            "chunk " + header.index() + " of frame " + header.frameNumber() + " came twice");
      }
      if (payloadBytes + chunk.payloadLength() > maxFrameBytes) {
        return Optional.of(
            "the chunks of frame "
                + header.frameNumber()
                + " overlap: together they exceed "
                + maxFrameBytes
                + " bytes (frames.max-bytes)");
      }
      return Optional.empty();
    }

    /** Takes a chunk in which {@link #fault} found none; returns the memory that it costs. */
    long put(Chunk chunk) {
      chunks[chunk.header().index()] = chunk;
      payloadBytes += chunk.payloadLength();
      missing--;
      long cost = (long) chunk.payloadLength() + CHUNK_OVERHEAD_BYTES;
      heldBytes += cost;
      return cost;
    }

    boolean isWhole() {
      return missing == 0;
    }

    boolean isContiguous() {
      long base = chunks[0].header().sequence();
      long offset = 0;
      for (int i = 0; i < chunks.length; i++) {
        ChunkHeader header = chunks[i].header();
        if (header.sequence() != base + i || header.offset() != offset) {
          return false;
        }
        offset += chunks[i].payloadLength();
      }
      return true;
    }
  }
}
