package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.SkipReason;
import java.util.function.Consumer;

/**
 * One stream as the stage that numbers it passes it on: frames in order, what is left out
 * announced, signs of life, the end. Owned by one event loop.
 */
public final class PublishedStream {

  private final StreamInfo info;
  private final Consumer<StreamEvent> out;
  private long nextSequence;
  private long skippedTotal;
  private long lastFrame;
  private long lastCaptureMicros;
  private boolean ended;

  /**
   * A stream of which nothing was said yet.
   *
   * @param out takes what is said
   */
  public PublishedStream(StreamInfo info, Consumer<StreamEvent> out) {
    this.info = info;
    this.out = out;
  }

  /** Passes a frame on; its first number must be the next. */
  public void pass(ChunkedFrame frame) {
    if (frame.firstSequence() != nextSequence) {
      throw new IllegalStateException(
          "frame starts at " + frame.firstSequence() + ", expected " + nextSequence);
    }
    nextSequence = frame.nextSequence();
    lastFrame = frame.number();
    lastCaptureMicros = frame.captureMicros();
    publish(new Arrived(frame, skippedTotal));
  }

  /** Announces that the numbers up to {@code to} will not come. */
  public void skip(long to, long frames, SkipReason reason) {
    long from = nextSequence;
    nextSequence = to + 1;
    skippedTotal += nextSequence - from;
    publish(new Skipped(info.id(), from, to, frames, skippedTotal, reason));
  }

  /** Says how far the stream is; to be called each second. */
  public void beat() {
    publish(new Beat(info.id(), nextSequence, skippedTotal, lastFrame, lastCaptureMicros));
  }

  /** Ends the stream; nothing may follow. */
  public void end(EndReason why) {
    if (!ended) {
      publish(new Ended(info.id(), nextSequence, skippedTotal, why));
      ended = true;
    }
  }

  /** Another publisher has the topic: the exchange has ended the stream already. */
  public void replaced() {
    ended = true;
  }

  private void publish(StreamEvent event) {
    if (!ended) {
      out.accept(event);
    }
  }

  /** Whether nothing may follow. */
  public boolean hasEnded() {
    return ended;
  }

  /** What the stream is. */
  public StreamInfo info() {
    return info;
  }

  /** The number that comes next. */
  public long nextSequence() {
    return nextSequence;
  }

  /** Number of the frame passed on last. */
  public long lastFrame() {
    return lastFrame;
  }
}
