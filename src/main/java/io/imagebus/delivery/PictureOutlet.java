package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.door.CloseCode;
import io.imagebus.door.SocketWriter;
import io.imagebus.flow.FrameRate;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket of which each binary message is one complete picture. Owned by one event loop. */
final class PictureOutlet implements Outlet, Guest, PictureSeat.WholePictures {

  private static final Logger LOG = LoggerFactory.getLogger(PictureOutlet.class);

  private final Floor floor;
  private final String name;
  private final TopicFilter filter;
  private final Variant variant;
  private final SocketWriter writer;
  private final FrameRate rate;
  private @Nullable PictureSeat seat;
  private boolean pumping;

  PictureOutlet(Floor floor, String name, TopicKey wanted, SocketWriter writer, FrameRate rate) {
    this.floor = floor;
    this.name = name;
    this.filter = TopicFilter.of(wanted.topic());
    this.variant = wanted.variant();
    this.writer = writer;
    this.rate = rate;
    writer.onWritable(() -> wake(floor.clock().nanoTime()));
  }

  void open() {
    floor.outlets().add(this);
    floor.rooms().admit(filter, variant, this);
  }

  @Override
  public void enter(StreamRoom room) {
    PictureSeat taken = new PictureSeat(this, room, rate);
    seat = taken;
    room.join(taken, true, floor.clock().nanoTime());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String label() {
    return "pictures";
  }

  @Override
  public void wake(long nowNanos) {
    if (pumping || seat == null) {
      return;
    }
    pumping = true;
    try {
      while (writer.isWritable() && writeNext(seat, nowNanos)) {
        writer.flush();
      }
    } finally {
      pumping = false;
    }
  }

  private boolean writeNext(PictureSeat from, long nowNanos) {
    SharedFrame frame = from.take(nowNanos);
    if (frame == null) {
      return false;
    }
    writer.write(frame.picture());
    frame.release();
    return true;
  }

  @Override
  public void tick(long nowNanos) {
    if (writer.stalledNanos(nowNanos) >= Display.DEAD_NANOS) {
      LOG.warn("display {} has taken nothing for 28 s; its connection is ended", name);
      writer.abort();
    } else {
      wake(nowNanos);
    }
  }

  @Override
  public void sendAway() {
    writer.close(CloseCode.RESTART, "this node goes down; use another");
  }

  @Override
  public void evicted() {
    if (seat != null) {
      seat.close(floor.departed(), floor.clock().nanoTime());
      seat = null;
    }
  }

  @Override
  public void close() {
    floor.rooms().dismiss(filter, variant, this);
    PictureSeat left = seat;
    if (left != null) {
      evicted();
      floor.rooms().leave(left.room(), left);
    }
  }
}
