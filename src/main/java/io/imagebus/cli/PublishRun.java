package io.imagebus.cli;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.Publication;
import io.imagebus.client.PublicationCounts;
import io.imagebus.client.PublicationListener;
import io.imagebus.client.ServerUrl;
import io.imagebus.frame.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of {@code imagebus publish}. Owned by one event loop. */
final class PublishRun implements EventLoop.Work<PublishRun.Outcome> {

  private static final long GOODBYE_MILLIS = 600;

  /**
   * What is to be done.
   *
   * @param count the most pictures
   */
  record Plan(List<ServerUrl> servers, Topic topic, PictureSource source, Pace pace, long count) {}

  /**
   * How it went.
   *
   * @param leftOut damaged or too large pictures of the input
   * @param failure why it ended early
   */
  record Outcome(PublicationCounts counts, long leftOut, Optional<String> failure) {

    boolean isGood() {
      return failure.isEmpty()
          && counts.sent() > 0
          && counts.accepted() == counts.sent()
          && counts.refused() == 0;
    }
  }

  private final Vertx vertx;
  private final Plan plan;
  private final StatusLine status;
  private final Clock clock = Clock.system();
  private final PublishProgress progress;
  private final BusClient client;
  private final PictureFeed feed;
  private final Promise<Outcome> done = Promise.promise();
  private final Set<String> toldCodes = new HashSet<>();
  private @Nullable Publication publication;
  private boolean finishing;
  private long startNanos;
  private long nextBeat;

  PublishRun(Vertx vertx, Plan plan, StatusLine status) {
    this.vertx = vertx;
    this.plan = plan;
    this.status = status;
    ConnectionNotes notes = new ConnectionNotes(status);
    this.progress = new PublishProgress(status, notes, clock.nanoTime());
    this.client = new BusClient(vertx, clock, plan.servers(), notes);
    this.feed = new PictureFeed(plan.source(), vertx.getOrCreateContext(), this::onAvailable);
  }

  @Override
  public Future<Outcome> start() {
    client
        .connect()
        .onSuccess(any -> begin())
        .onFailure(
            failure ->
                done.tryFail(
                    new CommandFailedException(
                        Unreachable.message(List.of(String.valueOf(failure.getMessage()))))));
    return done.future().eventually(this::tidy);
  }

  private Future<Void> tidy() {
    feed.stop();
    return client.close();
  }

  private void begin() {
    feed.start();
    vertx.setPeriodic(
        TimeUnit.SECONDS.toMillis(status.intervalSeconds()),
        any -> progress.show(counts(), clock.nanoTime()));
  }

  private PublicationCounts counts() {
    return publication == null ? PublicationCounts.NONE : publication.counts();
  }

  private void onAvailable() {
    if (!(plan.pace() instanceof Pace.Evenly pace)) {
      pump();
    } else if (publication == null) {
      startNanos = clock.nanoTime();
      beat(pace);
    }
  }

  /** One picture, and a date for the next. Beats that were missed are not made up for. */
  private void beat(Pace.Evenly pace) {
    pumpOne();
    if (!finishing) {
      nextBeat = Math.max(nextBeat + 1, pace.firstFrom(startNanos, clock.nanoTime()));
      long waitNanos = pace.dueNanos(startNanos, nextBeat) - clock.nanoTime();
      long waitMillis = TimeUnit.NANOSECONDS.toMillis(waitNanos + 999_999);
      vertx.setTimer(Math.max(1, waitMillis), any -> beat(pace));
    }
  }

  private void pump() {
    boolean more = true;
    while (more && !finishing && isWanted()) {
      more = pumpOne();
    }
  }

  private boolean isWanted() {
    return plan.pace() instanceof Pace.AsItComes || publication == null || publication.isReady();
  }

  /** Publishes the next picture if it was read; false if there was none. */
  private boolean pumpOne() {
    if (finishing) {
      return false;
    }
    Optional<Picture> picture = feed.poll();
    picture.ifPresent(this::publish);
    if (counts().offered() >= plan.count() || feed.isDrained()) {
      finish();
    }
    return picture.isPresent();
  }

  private void publish(Picture picture) {
    if (publication == null) {
      publication = client.publish(plan.topic(), picture.format(), new Events());
      publication.closed().onComplete(any -> finish());
    }
    publication.publish(picture.bytes(), clock.epochMicros());
  }

  private void finish() {
    if (finishing) {
      return;
    }
    finishing = true;
    if (publication == null) {
      String why =
          feed.failure()
              .map(failure -> "cannot read the input: " + failure.getMessage())
              .orElse("the input holds no picture");
      done.tryFail(new CommandFailedException(why));
    } else {
      publication.end().onComplete(ended -> end(Optional.ofNullable(ended.cause())));
    }
  }

  private void end(Optional<Throwable> cause) {
    Optional<String> failure =
        cause
            .map(Throwable::getMessage)
            .or(() -> feed.failure().map(e -> "cannot read the input: " + e.getMessage()));
    Outcome outcome = new Outcome(counts(), feed.leftOut(), failure);
    progress.summary(outcome, clock.nanoTime());
    done.tryComplete(outcome);
  }

  @Override
  public void stop() {
    vertx.setTimer(GOODBYE_MILLIS, any -> client.close());
    finish();
  }

  /** What the publication tells. */
  private final class Events implements PublicationListener {

    @Override
    public void onReady() {
      if (plan.pace() instanceof Pace.AsAccepted) {
        pump();
      }
    }

    @Override
    public void onRejected(String code, String message) {
      if (toldCodes.add(code)) {
        status.note("the node refused a picture (" + code + "): " + message);
      }
    }
  }
}
