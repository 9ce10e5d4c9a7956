package io.imagebus.cli;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.ServerUrl;
import io.imagebus.client.Subscription;
import io.imagebus.client.SubscriptionListener;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of {@code imagebus subscribe}. Owned by one event loop. */
final class SubscribeRun implements EventLoop.Work<SubscribeSummary>, SubscriptionListener {

  private static final long ROW_MILLIS = 1_000;

  /**
   * What is to be done.
   *
   * @param out where frames are stored
   * @param count the frames after which it is done
   * @param durationMillis the time after which it is done
   */
  record Plan(
      List<ServerUrl> servers,
      TopicFilter filter,
      VariantWish wish,
      boolean acknowledge,
      Optional<Path> out,
      OptionalLong count,
      OptionalLong durationMillis) {}

  /** Where the rows of the table and the summary are printed. */
  record Output(Consumer<List<String>> rows, Consumer<SubscribeSummary> summary) {}

  private final Vertx vertx;
  private final Plan plan;
  private final StatusLine status;
  private final Output output;
  private final Clock clock = Clock.system();
  private final BusClient client;
  private final TopicRows rows = new TopicRows(clock.nanoTime());
  private final Optional<FrameStore> store;
  private final Promise<SubscribeSummary> done = Promise.promise();
  private @Nullable Subscription subscription;
  private boolean finishing;
  private boolean isWaitingTold;
  private long frames;

  SubscribeRun(Vertx vertx, Plan plan, StatusLine status, Output output) {
    this.vertx = vertx;
    this.plan = plan;
    this.status = status;
    this.output = output;
    this.client = new BusClient(vertx, clock, plan.servers(), new ConnectionNotes(status));
    this.store = plan.out().map(directory -> new FrameStore(vertx, directory));
  }

  @Override
  public Future<SubscribeSummary> start() {
    client
        .connect()
        .onSuccess(any -> begin())
        .onFailure(
            failure ->
                done.tryFail(
                    new CommandFailedException(
                        Unreachable.message(List.of(String.valueOf(failure.getMessage()))))));
    return done.future().eventually(client::close);
  }

  private void begin() {
    if (finishing) {
      return;
    }
    subscription = client.subscribe(plan.filter(), plan.wish(), plan.acknowledge(), this);
    vertx.setPeriodic(ROW_MILLIS, any -> showRows());
    plan.durationMillis().ifPresent(millis -> vertx.setTimer(millis, any -> onTimeOver()));
  }

  @Override
  public void onFrame(ReceivedFrame received) {
    if (finishing) {
      return;
    }
    frames++;
    rows.add(received);
    store.ifPresent(files -> files.store(received));
    if (plan.count().isPresent() && frames >= plan.count().getAsLong()) {
      finish(Optional.empty());
    }
  }

  @Override
  public void onWarning(String why) {
    status.note("the node says: " + why);
  }

  @Override
  public void onFailed(String why) {
    finish(Optional.of(why));
  }

  private void showRows() {
    if (subscription == null || finishing) {
      return;
    }
    if (subscription.topics().isEmpty()) {
      if (!isWaitingTold) {
        isWaitingTold = true;
        status.note("waiting for a topic that matches " + plan.filter());
      }
      return;
    }
    output.rows().accept(rows.next(subscription.topics(), client.clockOffset(), clock.nanoTime()));
    String note = rows.note(client.clockOffset());
    if (!note.isEmpty()) {
      status.note(note);
    }
  }

  private void onTimeOver() {
    boolean isShort = plan.count().isPresent() && frames < plan.count().getAsLong();
    finish(isShort ? Optional.of("only " + frames + " frames came in time") : Optional.empty());
  }

  private void finish(Optional<String> failure) {
    if (finishing) {
      return;
    }
    finishing = true;
    if (subscription != null) {
      subscription.close();
    }
    Future<Void> stored = store.map(FrameStore::close).orElse(Future.succeededFuture());
    stored.onComplete(any -> end(failure));
  }

  private void end(Optional<String> failure) {
    SubscribeSummary summary =
        subscription == null
            ? new SubscribeSummary(List.of(), 0)
            : new SubscribeSummary(subscription.topics(), subscription.unattributable());
    output.summary().accept(summary);
    store.ifPresent(this::tellStored);
    Optional<String> why = failure.or(() -> store.flatMap(FrameStore::firstFailure));
    why.ifPresentOrElse(
        text -> done.tryFail(new CommandFailedException(text)), () -> done.tryComplete(summary));
  }

  private void tellStored(FrameStore files) {
    status.note(
        "%,d frames stored, %,d dropped because the disk was slower, %,d failed"
            .formatted(files.stored(), files.dropped(), files.failed()));
  }

  @Override
  public void stop() {
    finish(Optional.empty());
  }
}
