package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.StreamId;
import io.imagebus.wire.Chunk;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The frames of must-see topics that this node sent lately, to answer from when a node asks again.
 * Bound: a stated number of bytes and a stated age; policy: drop-oldest. A frame is kept once
 * however many nodes it went to, and it is known to which: what a link left out on purpose is not
 * sent again on that link. Owned by one event loop.
 */
final class RepairRing {

  /**
   * A chunk as it was sent to one node.
   *
   * @param skippedTotal the skip total that it was sent with
   * @param sentNanos when it was sent; this node's monotonic clock
   */
  record Sent(Chunk chunk, long skippedTotal, long sentNanos) {}

  private record Sending(long skippedTotal, long sentNanos) {}

  private static final class Kept {
    final ChunkedFrame frame;
    final long keptNanos;
    final Map<String, Sending> sendings = new HashMap<>(4);

    Kept(ChunkedFrame frame, long keptNanos) {
      this.frame = frame;
      this.keptNanos = keptNanos;
    }
  }

  private final long maxBytes;
  private final long maxAgeNanos;
  private final ArrayDeque<Kept> byAge = new ArrayDeque<>();
  private final Map<StreamId, TreeMap<Long, Kept>> byNumber = new HashMap<>();
  private long bytes;

  RepairRing(long maxBytes, long maxAgeNanos) {
    this.maxBytes = maxBytes;
    this.maxAgeNanos = maxAgeNanos;
  }

  /** Keeps a frame that was sent to a node. */
  void sent(String peer, Arrived event, long nowNanos) {
    ChunkedFrame frame = event.frame();
    TreeMap<Long, Kept> frames =
        byNumber.computeIfAbsent(frame.stream(), any -> new TreeMap<>(Long::compareUnsigned));
    Kept kept = frames.get(frame.firstSequence());
    if (kept == null) {
      kept = new Kept(frame, nowNanos);
      frames.put(frame.firstSequence(), kept);
      byAge.addLast(kept);
      bytes += frame.wireBytes();
    }
    kept.sendings.put(peer, new Sending(event.skippedTotal(), nowNanos));
    expire(nowNanos);
  }

  /** The chunk, if it was sent to this node and is still here. */
  Optional<Sent> find(String peer, StreamId stream, long sequence) {
    TreeMap<Long, Kept> frames = byNumber.get(stream);
    Map.Entry<Long, Kept> entry = frames == null ? null : frames.floorEntry(sequence);
    if (entry == null) {
      return Optional.empty();
    }
    ChunkedFrame frame = entry.getValue().frame;
    Sending sending = entry.getValue().sendings.get(peer);
    long index = sequence - frame.firstSequence();
    return sending == null || index >= frame.chunks().size()
        ? Optional.empty()
        : Optional.of(
            new Sent(frame.chunks().get((int) index), sending.skippedTotal(), sending.sentNanos()));
  }

  /** Forgets what is too old or too much. */
  void expire(long nowNanos) {
    Kept oldest;
    while ((oldest = byAge.peekFirst()) != null
        && (bytes > maxBytes || nowNanos - oldest.keptNanos > maxAgeNanos)) {
      byAge.removeFirst();
      forget(oldest.frame);
    }
  }

  private void forget(ChunkedFrame frame) {
    bytes -= frame.wireBytes();
    @Nullable TreeMap<Long, Kept> frames = byNumber.get(frame.stream());
    if (frames != null) {
      frames.remove(frame.firstSequence());
      if (frames.isEmpty()) {
        byNumber.remove(frame.stream());
      }
    }
  }

  /** Bytes of all frames that are kept. */
  long bytes() {
    return bytes;
  }
}
