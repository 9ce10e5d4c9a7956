package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import java.util.List;

/** One outlet's place in a room: what it hears of the room's stream, in order. */
interface Seat {

  /**
   * The room's stream from now on; also again after it ended.
   *
   * @param first the first sequence number that the seat will hear of
   */
  void opened(StreamInfo info, long first);

  /**
   * A frame, to be shown unless a newer one comes before that is possible.
   *
   * @param frame borrowed; the seat holds it for as long as it needs it
   */
  void offered(SharedFrame frame, long nowNanos);

  /** Numbers that will not come. */
  void skipped(SkipRun run);

  /** The stream is over; the picture stays. */
  void ended(EndReason why);

  /** The room is no more: nobody publishes here, and its place was needed. */
  void evicted();

  /** What was sent so far, one for each variant, for outlets that last. */
  List<DisplayAccount> accounts();
}
