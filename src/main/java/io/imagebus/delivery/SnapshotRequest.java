package io.imagebus.delivery;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.bus.TopicKey;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.door.Problem;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request for the newest picture: takes a seat, answers with the first frame, and leaves. */
final class SnapshotRequest implements Seat, Guest {

  private static final long MICROS_A_SECOND = 1_000_000;

  private final Floor floor;
  private final RoutingContext request;
  private final Topic topic;
  private final Variant variant;
  private final double maxAgeSeconds;
  private @Nullable StreamRoom room;
  private boolean answered;
  private long timer;

  SnapshotRequest(Floor floor, RoutingContext request, TopicKey wanted, double maxAgeSeconds) {
    this.floor = floor;
    this.request = request;
    this.topic = wanted.topic();
    this.variant = wanted.variant();
    this.maxAgeSeconds = maxAgeSeconds;
  }

  void open() {
    timer =
        request
            .vertx()
            .setTimer(
                FirstPicture.waitMillis(variant),
                late -> answer(FirstPicture.missing(topic, room != null)));
    request.response().closeHandler(gone -> leave());
    floor.rooms().admit(TopicFilter.of(topic), variant, this);
  }

  @Override
  public void enter(StreamRoom found) {
    room = found;
    found.join(this, true, floor.clock().nanoTime());
  }

  @Override
  public void opened(StreamInfo info, long first) {}

  @Override
  public void offered(SharedFrame frame, long nowNanos) {
    if (!answered && room != null) {
      answered = true;
      answer(frame, room.state(nowNanos));
      request.vertx().runOnContext(later -> leave());
    }
  }

  @Override
  public void skipped(SkipRun run) {}

  @Override
  public void ended(EndReason why) {}

  @Override
  public void evicted() {
    room = null;
  }

  @Override
  public List<DisplayAccount> accounts() {
    return List.of();
  }

  private void answer(SharedFrame shared, Freshness.State state) {
    ChunkedFrame frame = shared.frame();
    long ageMicros = Math.max(0, floor.clock().epochMicros() - frame.captureMicros());
    if (ageMicros > maxAgeSeconds * MICROS_A_SECOND) {
      new Problem(
              504,
              "picture-too-old",
              "the newest picture is %d s old, max_age is %s s; the topic is %s"
                  .formatted(ageMicros / MICROS_A_SECOND, maxAgeSeconds, state.label()))
          .answer(request);
      return;
    }
    String tag = "\"" + frame.stream() + "-" + Long.toUnsignedString(frame.number()) + "\"";
    HttpServerResponse response =
        request
            .response()
            .putHeader("ETag", tag)
            .putHeader("Last-Modified", httpDate(frame.captureMicros()))
            .putHeader("Age", Long.toString(ageMicros / MICROS_A_SECOND))
            .putHeader("Cache-Control", "no-cache")
            .putHeader("X-Imagebus-State", state.label())
            .putHeader("X-Timestamp", MultipartFormat.seconds(frame.captureMicros()));
    if (isKnown(tag)) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("Content-Type", shared.format().contentType()).end(shared.plain());
    }
  }

  private boolean isKnown(String tag) {
    String known = request.request().getHeader("If-None-Match");
    return known != null
        && Arrays.stream(known.split(","))
            .map(String::strip)
            .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
  }

  private static String httpDate(long micros) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
  }

  private void answer(Problem problem) {
    if (!answered) {
      answered = true;
      problem.answer(request);
    }
    leave();
  }

  private void leave() {
    request.vertx().cancelTimer(timer);
    floor.rooms().dismiss(TopicFilter.of(topic), variant, this);
    if (room != null) {
      floor.rooms().leave(room, this);
      room = null;
    }
  }
}
