package io.imagebus.ingest;

import io.imagebus.base.Clock;
import io.imagebus.bus.PublishedStream;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamInfo;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.SkipReason;
import io.imagebus.image.PictureInfo;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/*
 * A topic that wants its pictures looked into gets that done on another thread. What is said of the
 * stream meanwhile, skips and further frames, waits behind the frame at hand, so that the order is
 * the publisher's. For a topic that wants nothing of the kind all goes straight on.
 */
/**
 * One stream of this node's publishers, by its topic's {@link PicturePolicy}. Bound: {@link
 * #MAX_WAITING} frames that wait for a look; further ones go on unseen, or are left out where what
 * is damaged must not go on. Owned by one event loop.
 */
final class IngestStream {

  static final int MAX_WAITING = 4;

  private final PublishedStream out;
  private final PicturePolicy policy;
  private final @Nullable PictureLook look;
  private final LookThread thread;
  private final Clock clock;
  private final ArrayDeque<Step> waiting = new ArrayDeque<>();
  private int frames;
  private long nextSequence;

  /** Something that happened to the stream and has not been told yet. */
  private static final class Step {
    private final @Nullable ChunkedFrame frame;
    private final Promise<Verdict> told = Promise.promise();
    private Runnable action = () -> {};
    private boolean decided;

    Step(@Nullable ChunkedFrame frame) {
      this.frame = frame;
    }
  }

  IngestStream(PublishedStream out, PicturePolicy policy, LookThread thread, Clock clock) {
    this.out = out;
    this.policy = policy;
    this.look = policy.asksNothing() ? null : new PictureLook(policy);
    this.thread = thread;
    this.clock = clock;
  }

  /**
   * Passes a frame on, or leaves it out and says so; its first number must be the next.
   *
   * @return done at once unless somebody has to look into the picture
   */
  Future<Verdict> pass(ChunkedFrame frame, PictureInfo info) {
    nextSequence = frame.nextSequence();
    PictureLook looking = look;
    if (looking == null) {
      out.pass(frame);
      return Future.succeededFuture(Verdict.PASSED);
    }
    Step step = new Step(frame);
    waiting.addLast(step);
    frames++;
    if (frames > MAX_WAITING) {
      if (!policy.refusesDamaged()) {
        thread.run(
            codec -> {
              looking.passedUnseen();
              return Verdict.PASSED;
            },
            verdict -> {});
      }
      decide(step, unseen());
    } else {
      long now = clock.nanoTime();
      thread.run(
          codec -> looking.look(frame.copyPicture(), info, codec, now),
          verdict -> decide(step, verdict));
    }
    return step.told.future();
  }

  private Verdict unseen() {
    return policy.refusesDamaged() ? Verdict.BUSY : Verdict.PASSED;
  }

  private void decide(Step step, Verdict verdict) {
    ChunkedFrame frame = step.frame;
    if (step.decided || frame == null) {
      return;
    }
    step.decided = true;
    step.action =
        () -> {
          frames--;
          tell(frame, verdict);
          step.told.complete(verdict);
        };
    tellWhatIsDecided();
  }

  private void tell(ChunkedFrame frame, Verdict verdict) {
    long to = frame.nextSequence() - 1;
    switch (verdict) {
      case PASSED -> out.pass(frame);
      case UNCHANGED -> out.skip(to, 1, SkipReason.UNCHANGED);
      case DAMAGED -> out.skip(to, 1, SkipReason.REJECTED);
      case BUSY -> out.skip(to, 1, SkipReason.OVERLOAD);
    }
  }

  private void tellWhatIsDecided() {
    while (!waiting.isEmpty() && waiting.getFirst().decided) {
      waiting.removeFirst().action.run();
    }
  }

  /** Announces that the numbers up to {@code to} will not come. */
  void skip(long to, long ofFrames, SkipReason reason) {
    nextSequence = to + 1;
    if (waiting.isEmpty()) {
      out.skip(to, ofFrames, reason);
      return;
    }
    Step step = new Step(null);
    step.action = () -> out.skip(to, ofFrames, reason);
    step.decided = true;
    waiting.addLast(step);
  }

  /** Says how far the stream is; to be called each second. */
  void beat() {
    out.beat();
  }

  /** Ends the stream without waiting for looks that are under way; nothing may follow. */
  void end(EndReason why) {
    for (Step step : waiting.toArray(Step[]::new)) {
      decide(step, unseen());
    }
    tellWhatIsDecided();
    out.end(why);
  }

  /** Another publisher has the topic: the exchange has ended the stream already. */
  void replaced() {
    out.replaced();
  }

  boolean hasEnded() {
    return out.hasEnded();
  }

  StreamInfo info() {
    return out.info();
  }

  /** The number that comes next from the publisher. */
  long nextSequence() {
    return nextSequence;
  }
}
