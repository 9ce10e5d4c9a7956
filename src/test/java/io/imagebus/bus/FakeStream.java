package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** A made-up stream that keeps its numbers as a real one does. */
public final class FakeStream {

  /** Small, so that small pictures have many chunks. */
  public static final int CHUNK_BYTES = 64 * 1024;

  private final FakeStages stages;
  private final StreamInfo info;
  private final Chunker chunker;
  private long captureMicros = 1_700_000_000_123_456L;
  private long skippedTotal;
  private Arrived last;
  private Ended ended;

  FakeStream(FakeStages stages, StreamInfo info) {
    this.stages = stages;
    this.info = info;
    this.chunker = new Chunker(info.id(), CHUNK_BYTES);
  }

  /** The stream's id. */
  public StreamId id() {
    return info.id();
  }

  StreamInfo info() {
    return info;
  }

  List<StreamEvent> greeting() {
    List<StreamEvent> events = new ArrayList<>();
    EndReason over = ended == null ? null : ended.why();
    if (last == null) {
      events.add(new Opened(info, chunker.nextSequence(), skippedTotal, false, over));
    } else {
      long first = last.frame().firstSequence();
      events.add(new Opened(info, first, last.skippedTotal(), false, over));
      events.add(last);
    }
    if (ended != null) {
      events.add(ended);
    }
    return events;
  }

  /** Sets the capture time of the frames to come. */
  public FakeStream capturedAt(long micros) {
    captureMicros = micros;
    return this;
  }

  /** Publishes a frame. */
  public ChunkedFrame frame(Buffer picture) {
    synchronized (stages) {
      ChunkedFrame frame = chunker.cut(picture.getBytes(), captureMicros);
      last = new Arrived(frame, skippedTotal);
      stages.emit(info, last);
      return frame;
    }
  }

  /** Numbers a frame that gets lost before the stages. */
  public void lose(Buffer picture) {
    chunker.cut(picture.getBytes(), captureMicros);
  }

  /** Numbers a frame that the link leaves out. */
  public void skip(Buffer picture, SkipReason reason) {
    ChunkedFrame frame = chunker.cut(picture.getBytes(), captureMicros);
    skippedTotal += frame.chunks().size();
    emit(
        new Skipped(
            id(), frame.firstSequence(), frame.nextSequence() - 1, 1, skippedTotal, reason));
  }

  /** Numbers a frame that the link leaves out, of which only the next event's total tells. */
  public void skipSilently(Buffer picture) {
    skippedTotal += chunker.cut(picture.getBytes(), captureMicros).chunks().size();
  }

  /** Gives a sign of life. */
  public void beat() {
    emit(
        new Beat(
            id(), chunker.nextSequence(), skippedTotal, chunker.nextFrame() - 1, captureMicros));
  }

  /** Ends the stream. */
  public void end(EndReason why) {
    ended = new Ended(id(), chunker.nextSequence(), skippedTotal, why);
    emit(ended);
  }

  /** The stream goes on after a break. */
  public void reopen() {
    ended = null;
    emit(new Opened(info, chunker.nextSequence(), skippedTotal));
  }

  private void emit(StreamEvent event) {
    synchronized (stages) {
      stages.emit(info, event);
    }
  }
}
