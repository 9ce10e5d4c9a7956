package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.bus.TopicKey;
import io.imagebus.flow.FrameRate;
import io.imagebus.flow.LatestFrameSlot;
import io.imagebus.frame.SkipReason;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.Timing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of an outlet that shows one topic in whole pictures: latest frame wins, nothing is
 * announced, everything is counted. Bound: one waiting frame. Owned by one event loop.
 */
final class PictureSeat implements Seat {

  private final WholePictures outlet;
  private final StreamRoom room;
  private final FrameRate rate;
  private final LatestFrameSlot<SharedFrame> slot = new LatestFrameSlot<>();
  private final SeatCounts counts = new SeatCounts();
  private SkipReason heldBy = SkipReason.SLOW_DISPLAY;

  /** What shows the pictures. */
  interface WholePictures {

    String name();

    String label();

    /** There is a picture to take, perhaps. */
    void wake(long nowNanos);

    void evicted();
  }

  PictureSeat(WholePictures outlet, StreamRoom room, FrameRate rate) {
    this.outlet = outlet;
    this.room = room;
    this.rate = rate;
  }

  StreamRoom room() {
    return room;
  }

  @Override
  public void opened(StreamInfo info, long first) {}

  @Override
  public void offered(SharedFrame frame, long nowNanos) {
    counts.offered(frame.chunkCount());
    SharedFrame displaced = slot.offer(frame.retain());
    if (displaced != null) {
      counts.skipped(heldBy, displaced.chunkCount());
      displaced.release();
    }
    heldBy = SkipReason.SLOW_DISPLAY;
    outlet.wake(nowNanos);
  }

  @Override
  public void skipped(SkipRun run) {
    counts.offered(run.numbers());
    counts.skipped(run.reason(), run.numbers());
  }

  @Override
  public void ended(EndReason why) {}

  @Override
  public void evicted() {
    outlet.evicted();
  }

  /**
   * The picture to be sent now, the caller's to release; to be asked when the client can take it.
   */
  @Nullable SharedFrame take(long nowNanos) {
    if (slot.peek() == null) {
      return null;
    }
    if (!rate.isDue(nowNanos)) {
      heldBy = SkipReason.RATE;
      return null;
    }
    rate.sent(nowNanos);
    SharedFrame frame = slot.take();
    if (frame != null) {
      counts.sent(frame.chunkCount());
    }
    return frame;
  }

  /** Frees the waiting frame. The counts go to those of the departed. */
  void close(DepartedDisplays departed, long nowNanos) {
    SharedFrame waiting = slot.take();
    if (waiting != null) {
      waiting.release();
    }
    departed.add(TopicKey.of(room.info()), counts, new ReportedCounts(), nowNanos);
  }

  @Override
  public List<DisplayAccount> accounts() {
    return List.of(
        new DisplayAccount(
            outlet.name(),
            outlet.label(),
            TopicKey.of(room.info()),
            room.info().id(),
            counts.expected(),
            counts.sent(),
            counts.skipped(),
            counts.pending(),
            SequenceCounts.ZERO,
            FrameCounts.ZERO,
            Timing.NONE));
  }
}
