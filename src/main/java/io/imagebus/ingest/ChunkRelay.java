package io.imagebus.ingest;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.SkipReason;
import io.imagebus.image.PictureInfo;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/*
 * The numbers of a publisher of chunks are kept through the whole bus, so that every hop's expected
 * count is the publisher's own. What does not go on from here has a reason, and is announced in its
 * place before the next frame: left out by the publisher, refused, or not complete because a chunk
 * was lost on the way to this node. The loss itself is counted on that hop alone.
 */
/** Brings a publisher's frames into a gapless order of frames and announced skips. */
final class ChunkRelay {

  /** Ranges that wait for their turn; beyond that the oldest are called incomplete. */
  private static final int MAX_RANGES = 256;

  private final IngestStream stream;
  private final TreeMap<Long, Range> known = new TreeMap<>(Long::compareUnsigned);

  private record Range(long to, long frames, SkipReason reason) {}

  ChunkRelay(IngestStream stream) {
    this.stream = stream;
  }

  /** The numbers will not go on, for this reason. */
  void leaveOut(long from, long to, long frames, SkipReason reason) {
    if (to - stream.nextSequence() >= 0 && to - from >= 0 && known.size() < MAX_RANGES) {
      known.put(from, new Range(to, frames, reason));
    }
    passKnown();
  }

  /** Announces what is left out right here, without waiting for the next frame. */
  private void passKnown() {
    Map.Entry<Long, Range> first = known.firstEntry();
    while (first != null && first.getKey() - stream.nextSequence() <= 0) {
      known.pollFirstEntry();
      Range range = first.getValue();
      if (range.to - stream.nextSequence() >= 0) {
        stream.skip(range.to, range.frames, range.reason);
      }
      first = known.firstEntry();
    }
  }

  /**
   * Passes a good frame on.
   *
   * @return what became of it; empty if its numbers have passed already or were called left out
   */
  Optional<Future<Verdict>> pass(ChunkedFrame frame, PictureInfo info) {
    if (frame.firstSequence() - stream.nextSequence() < 0) {
      return Optional.empty();
    }
    closeUpTo(frame.firstSequence());
    if (frame.firstSequence() != stream.nextSequence()) {
      return Optional.empty();
    }
    return Optional.of(stream.pass(frame, info));
  }

  /** Accounts for every number below {@code next}. */
  void closeUpTo(long next) {
    passKnown();
    while (stream.nextSequence() - next < 0) {
      Map.Entry<Long, Range> range = known.firstEntry();
      boolean inTime = range != null && range.getKey() - next < 0;
      long to = inTime && range != null ? range.getKey() - 1 : next - 1;
      stream.skip(to, 1, SkipReason.INCOMPLETE);
      passKnown();
    }
  }
}
