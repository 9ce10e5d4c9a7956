package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.door.Problem;
import io.imagebus.flow.FrameRate;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * One endless {@code multipart/x-mixed-replace} response. Latest frame wins; the last part is sent
 * again when there was nothing new for a second. Bound: the response's write queue and one waiting
 * frame. Owned by one event loop.
 */
final class MjpegOutlet implements Outlet, Guest, PictureSeat.WholePictures {

  private final Floor floor;
  private final RoutingContext request;
  private final HttpServerResponse response;
  private final Topic topic;
  private final Variant variant;
  private final FrameRate rate;
  private final long timer;
  private @Nullable PictureSeat seat;
  private @Nullable Buffer shown;
  private boolean wroteSinceTick;
  private boolean closed;
  private long writableNanos;

  MjpegOutlet(Floor floor, RoutingContext request, TopicKey wanted, FrameRate rate) {
    this.floor = floor;
    this.request = request;
    this.response = request.response();
    this.topic = wanted.topic();
    this.variant = wanted.variant();
    this.rate = rate;
    this.writableNanos = floor.clock().nanoTime();
    this.timer = request.vertx().setTimer(FirstPicture.waitMillis(variant), late -> giveUp());
  }

  void open() {
    response.closeHandler(gone -> close());
    response.exceptionHandler(broken -> close());
    response.drainHandler(drained -> wake(floor.clock().nanoTime()));
    floor.outlets().add(this);
    floor.rooms().admit(TopicFilter.of(topic), variant, this);
  }

  private void giveUp() {
    if (shown == null && !closed) {
      Problem problem = FirstPicture.missing(topic, seat != null);
      close();
      problem.answer(request);
    }
  }

  @Override
  public void enter(StreamRoom room) {
    PictureSeat taken = new PictureSeat(this, room, rate);
    seat = taken;
    room.join(taken, true, floor.clock().nanoTime());
  }

  @Override
  public String name() {
    return String.valueOf(request.request().remoteAddress());
  }

  @Override
  public String label() {
    return "mjpeg";
  }

  @Override
  public void wake(long nowNanos) {
    if (closed || response.writeQueueFull()) {
      return;
    }
    writableNanos = nowNanos;
    SharedFrame frame = seat == null ? null : seat.take(nowNanos);
    if (frame != null) {
      Buffer part = frame.part();
      frame.release();
      write(part);
    }
  }

  private void write(Buffer part) {
    if (shown == null) {
      response
          .setChunked(true)
          .putHeader("Content-Type", MultipartFormat.CONTENT_TYPE)
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Accel-Buffering", "no")
          .write(MultipartFormat.opening());
    }
    shown = part;
    wroteSinceTick = true;
    response.write(part);
  }

  @Override
  public void tick(long nowNanos) {
    wake(nowNanos);
    if (closed) {
      return;
    }
    if (response.writeQueueFull()) {
      if (nowNanos - writableNanos >= Display.DEAD_NANOS) {
        close();
        request.request().connection().close();
      }
      return;
    }
    if (!wroteSinceTick && shown != null) {
      write(shown);
    }
    wroteSinceTick = false;
  }

  @Override
  public void sendAway() {
    boolean begun = shown != null;
    close();
    if (begun && !response.ended()) {
      response.end();
    }
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
    if (closed) {
      return;
    }
    closed = true;
    request.vertx().cancelTimer(timer);
    floor.outlets().remove(this);
    floor.rooms().dismiss(TopicFilter.of(topic), variant, this);
    PictureSeat left = seat;
    if (left != null) {
      evicted();
      floor.rooms().leave(left.room(), left);
    }
  }
}
