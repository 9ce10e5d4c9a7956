package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import java.util.List;

/**
 * Waits in the room of another variant for its first picture that is not older than what the
 * display has; with that the seat moves there, and from then on hears all that comes here. Owned by
 * one seat.
 */
final class VariantSwitch implements Seat {

  private final DisplaySeat seat;
  private final StreamRoom room;
  private boolean moved;

  VariantSwitch(DisplaySeat seat, StreamRoom room) {
    this.seat = seat;
    this.room = room;
  }

  StreamRoom room() {
    return room;
  }

  @Override
  public void opened(StreamInfo info, long first) {
    if (moved) {
      seat.opened(info, first);
    }
  }

  @Override
  public void offered(SharedFrame frame, long nowNanos) {
    if (!moved && !seat.isNewerThan(frame)) {
      moved = true;
      room.replace(this, seat);
      seat.moveTo(room, frame.frame().firstSequence());
    }
    if (moved) {
      seat.offered(frame, nowNanos);
    }
  }

  @Override
  public void skipped(SkipRun run) {
    if (moved) {
      seat.skipped(run);
    }
  }

  @Override
  public void ended(EndReason why) {
    if (moved) {
      seat.ended(why);
    }
  }

  @Override
  public void evicted() {
    if (moved) {
      seat.evicted();
    } else {
      seat.stay();
    }
  }

  @Override
  public List<DisplayAccount> accounts() {
    return List.of();
  }
}
