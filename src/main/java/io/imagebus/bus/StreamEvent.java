package io.imagebus.bus;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a stream, in the order in which it happens; the one thing that ingest, links and
 * delivery pass on. Immutable.
 *
 * <p>{@code skippedTotal} is cumulative: how many of the sequence numbers below the one at hand the
 * senders up to here left out on purpose.
 */
public sealed interface StreamEvent {

  /** The stream that it happened to. */
  StreamId stream();

  /** Sequence numbers left out on purpose so far. */
  long skippedTotal();

  /**
   * The receiver follows the stream from now on. May come again for a stream already followed,
   * after the link was down; numbering then goes on.
   *
   * @param firstSequence the first sequence number that the receiver may expect
   * @param again whether the sender has said so of this stream before; numbering then goes on
   * @param over why the stream is over already, if it is: {@link Ended} follows what is left of it;
   *     so its last frame is not taken for a live one meanwhile
   */
  record Opened(
      StreamInfo info,
      long firstSequence,
      long skippedTotal,
      boolean again,
      @Nullable EndReason over)
      implements StreamEvent {

    /** Says so of a running stream for the first time. */
    public Opened(StreamInfo info, long firstSequence, long skippedTotal) {
      this(info, firstSequence, skippedTotal, false, null);
    }

    @Override
    public StreamId stream() {
      return info.id();
    }
  }

  /** A whole frame. */
  record Arrived(ChunkedFrame frame, long skippedTotal) implements StreamEvent {
    @Override
    public StreamId stream() {
      return frame.stream();
    }
  }

  /**
   * Sequence numbers that will not come, on purpose.
   *
   * @param from first number left out
   * @param to last number left out
   * @param frames how many frames these are
   * @param skippedTotal with these included
   */
  record Skipped(
      StreamId stream, long from, long to, long frames, long skippedTotal, SkipReason reason)
      implements StreamEvent {}

  /**
   * A sign of life, at most a second after the last.
   *
   * @param nextSequence the number that the next chunk will have
   * @param captureMicros capture time of the newest frame, 0 if there was none
   */
  record Beat(
      StreamId stream, long nextSequence, long skippedTotal, long lastFrame, long captureMicros)
      implements StreamEvent {}

  /** The stream is over, or its node is gone. */
  record Ended(StreamId stream, long nextSequence, long skippedTotal, EndReason why)
      implements StreamEvent {}

  /** Why a stream is over. */
  enum EndReason {
    /** The publisher said so, or closed its connection. */
    PUBLISHER_GONE("publisher-gone", true),
    /** A newer publisher took the topic over. */
    REPLACED("replaced", true),
    /** Nothing came for too long. */
    IDLE("idle", true),
    /** A variant that nobody asks for any more. */
    UNWANTED("unwanted", true),
    /** Told to a display alone: its picture goes on as another variant. */
    VARIANT("variant", true),
    /** The node is shutting down. */
    DRAIN("drain", true),
    /** The node that numbered the stream left the cluster: the tail is not known. */
    NODE_LOST("node-lost", false),
    /** It is over, and the word of where it ends was lost. */
    UNKNOWN("unknown", false);

    private final String label;
    private final boolean tailKnown;

    EndReason(String label, boolean tailKnown) {
      this.label = label;
      this.tailKnown = tailKnown;
    }

    /** The reason as it is written on the wire. */
    public String label() {
      return label;
    }

    /** Whether {@code nextSequence} is the sender's own word. */
    public boolean tailKnown() {
      return tailKnown;
    }
  }
}
