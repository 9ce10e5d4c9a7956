package io.imagebus.ingest;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.frame.Topic;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.Probed;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Whole pictures of one publisher on one topic become a stream, opened with the first good one. To
 * be fed one picture at a time: the next when the last one's future is done. Once it is over or
 * replaced it takes no more. Owned by one event loop.
 */
final class PictureFeed {

  /** What became of a picture. */
  sealed interface Outcome {}

  /** The picture is numbered and on its way. */
  record Taken(String stream, long frame) implements Outcome {}

  /** The picture was refused; the stream, if any, is not disturbed. */
  record NotTaken(Refusal refusal) implements Outcome {}

  private final StreamDesk desk;
  private final Topic topic;
  private final Runnable replaced;
  private @Nullable IngestStream stream;
  private @Nullable Chunker chunker;
  private @Nullable Refusal over;

  PictureFeed(StreamDesk desk, Topic topic, Runnable replaced) {
    this.desk = desk;
    this.topic = topic;
    this.replaced = replaced;
  }

  /**
   * Takes one picture.
   *
   * @param picture taken over, not to be changed afterwards
   * @return fails only when no stream can be opened
   */
  Future<Outcome> take(byte[] picture, long captureMicros) {
    Refusal closed = over;
    if (closed != null) {
      return Future.succeededFuture(new NotTaken(closed));
    }
    Probed probed = desk.probe(picture);
    if (probed instanceof Probed.Refused refused) {
      Refusal refusal = Refusal.of(refused);
      desk.counters().refused(topic, refusal);
      return Future.succeededFuture(new NotTaken(refusal));
    }
    PictureInfo info = ((Probed.Accepted) probed).info();
    IngestStream current = stream;
    if (current != null) {
      return pass(current, picture, info, captureMicros);
    }
    return desk.open(topic, info.format(), this::onReplaced)
        .compose(
            opened -> {
              stream = opened;
              chunker = new Chunker(opened.info().id(), desk.settings().chunkBytes());
              Future<Outcome> outcome = pass(opened, picture, info, captureMicros);
              if (over != null) {
                desk.end(opened, EndReason.PUBLISHER_GONE);
              }
              return outcome;
            });
  }

  private Future<Outcome> pass(
      IngestStream current, byte[] picture, PictureInfo info, long captureMicros) {
    Chunker cuts = chunker;
    if (cuts == null) {
      throw new IllegalStateException("a stream without its chunker");
    }
    if (current.hasEnded()) {
      return Future.succeededFuture(new NotTaken(Refusal.draining()));
    }
    ChunkedFrame frame = cuts.cut(picture, captureMicros);
    return current.pass(frame, info).map(verdict -> outcome(current, frame, info, verdict));
  }

  private Outcome outcome(
      IngestStream current, ChunkedFrame frame, PictureInfo info, Verdict verdict) {
    if (verdict == Verdict.DAMAGED) {
      Refusal refusal = Refusal.damaged();
      desk.counters().refused(topic, refusal);
      return new NotTaken(refusal);
    }
    desk.counters().took(topic, verdict, info, frame);
    return new Taken(current.info().id().toString(), frame.number());
  }

  private void onReplaced() {
    over = new Refusal("replaced", 409, "a newer publisher has taken topic " + topic + " over");
    stream = null;
    replaced.run();
  }

  /** The publisher is gone. */
  void end(EndReason why) {
    if (over == null) {
      over = new Refusal("publisher-gone", 400, "the connection is closed");
    }
    IngestStream current = stream;
    if (current != null) {
      desk.end(current, why);
      stream = null;
    }
  }

  Topic topic() {
    return topic;
  }
}
