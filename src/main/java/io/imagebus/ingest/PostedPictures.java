package io.imagebus.ingest;

import io.imagebus.bus.LocalBus;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.frame.Topic;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/**
 * The topics that are fed by single requests. A topic's pictures meet on the one ingest instance
 * that its name points to, whatever connections they come on, and so make one stream. Owned by one
 * event loop.
 */
final class PostedPictures {

  /** Requests of one topic that wait for their stream to be opened. */
  private static final int MAX_WAITING = 64;

  private final StreamDesk desk;
  private final Map<Topic, Posted> feeds = new HashMap<>();

  /**
   * One posted picture, on its way to the instance that has its topic.
   *
   * @param picture not to be changed
   */
  record Picture(Topic topic, SharedBytes picture, long captureMicros) {}

  /** Bytes that nobody changes any more. */
  static final class SharedBytes {
    private final byte[] bytes;

    SharedBytes(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private static final class Posted {
    PictureFeed feed;
    Future<?> last = Future.succeededFuture();
    int waiting;
    long lastNanos;

    Posted(StreamDesk desk, Topic topic) {
      feed = begin(desk, topic);
    }

    /** A publisher that posts takes its topic back with its next picture. */
    private PictureFeed begin(StreamDesk desk, Topic topic) {
      return new PictureFeed(desk, topic, () -> feed = begin(desk, topic));
    }
  }

  PostedPictures(StreamDesk desk) {
    this.desk = desk;
  }

  static String address(String node, int instance) {
    return "imagebus.local.posted." + node + "." + instance;
  }

  /** Takes the pictures of this instance's topics. */
  void start(LocalBus bus, String address) {
    bus.answer(address, this::take);
  }

  private Future<PictureFeed.Outcome> take(Picture posted) {
    if (desk.isDraining()) {
      return Future.succeededFuture(new PictureFeed.NotTaken(Refusal.draining()));
    }
    Posted topic = feeds.computeIfAbsent(posted.topic(), name -> new Posted(desk, name));
    if (topic.waiting >= MAX_WAITING) {
      return LocalBus.refuse(503, "too many pictures wait for topic " + posted.topic());
    }
    topic.waiting++;
    topic.lastNanos = desk.clock().nanoTime();
    Future<PictureFeed.Outcome> taken =
        topic
            .last
            .otherwiseEmpty()
            .compose(done -> topic.feed.take(posted.picture().bytes, posted.captureMicros()))
            .onComplete(done -> topic.waiting--);
    topic.last = taken;
    return taken;
  }

  /** Takes no more; what was taken before goes out, then the streams end. */
  void drain() {
    feeds.values().forEach(topic -> topic.last.onComplete(done -> topic.feed.end(EndReason.DRAIN)));
    feeds.clear();
  }

  /** Ends the streams of topics that have fallen silent; to be called each second. */
  void expire(long nowNanos) {
    feeds
        .values()
        .removeIf(
            topic -> {
              boolean idle =
                  topic.waiting == 0
                      && nowNanos - topic.lastNanos > desk.settings().postedIdleNanos();
              if (idle) {
                topic.feed.end(EndReason.IDLE);
              }
              return idle;
            });
  }
}
