package io.imagebus.client;

import io.imagebus.frame.StreamId;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The streams that the server has turned away from on this connection, as with each change of the
 * variant. Reports tell totals, so what was counted of them is told once more, and counted on when
 * the server turns to one of them again. Bound: {@link #MAX_STREAMS}, the longest left goes first.
 * Owned by one event loop.
 */
final class LeftStreams {

  /** More than a server has variants of a topic. */
  static final int MAX_STREAMS = 32;

  /**
   * What was counted of one stream on this connection.
   *
   * @param shown frames handed on
   */
  record Totals(SequenceCounts counts, FrameCounts frames, long shown) {
    static final Totals NONE = new Totals(SequenceCounts.ZERO, FrameCounts.ZERO, 0);
  }

  private final Map<StreamId, Totals> left = new LinkedHashMap<>();
  private final Map<StreamId, Totals> untold = new LinkedHashMap<>();

  /** Keeps the totals of a stream that another one has replaced. */
  void leave(StreamId stream, Totals totals) {
    left.put(stream, totals);
    untold.put(stream, totals);
    if (left.size() > MAX_STREAMS) {
      StreamId oldest = left.keySet().iterator().next();
      left.remove(oldest);
      untold.remove(oldest);
    }
  }

  /** What was counted of a stream before, which is followed from now on. */
  Totals turnTo(StreamId stream) {
    untold.remove(stream);
    Totals before = left.remove(stream);
    return before == null ? Totals.NONE : before;
  }

  /** The last words that are in no report yet. */
  Map<StreamId, Totals> takeUntold() {
    Map<StreamId, Totals> words = new HashMap<>(untold);
    untold.clear();
    return words;
  }

  /** Another connection: what came on this one is no account of the next. */
  void clear() {
    left.clear();
    untold.clear();
  }
}
