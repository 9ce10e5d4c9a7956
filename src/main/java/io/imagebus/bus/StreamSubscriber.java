package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Unwant;
import io.imagebus.bus.StageMessage.Want;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One stage instance's view of the streams of the whole cluster. For each stream that matches a
 * filter it hears {@code Opened}, the last frame if there is one, and then everything that happens,
 * in order. Owned by the event loop that made it; events arrive there.
 *
 * <p>What was handed over and not yet consumed is bounded: beyond that the oldest frames are
 * skipped, announced with the reason {@code overload}.
 */
public final class StreamSubscriber {

  private final StageInbox inbox;
  private final Map<Interest, Integer> wanted = new HashMap<>();

  /**
   * Starts to listen.
   *
   * @param handler gets the events, on the current event loop
   */
  public StreamSubscriber(Vertx vertx, Consumer<StreamEvent> handler) {
    this.inbox =
        new StageInbox(
            vertx,
            handler,
            other -> {
              throw new IllegalStateException("not for a subscriber: " + other);
            });
  }

  /** Asks for the streams that match; counted, so that each call needs its {@link #unwant}. */
  public void want(TopicFilter filter, Variant variant) {
    if (wanted.merge(new Interest(filter, variant), 1, Integer::sum) == 1) {
      inbox.send(new Want(inbox.address(), filter, variant));
    }
  }

  /** Takes back one {@link #want}; streams that no other filter matches fall silent at once. */
  public void unwant(TopicFilter filter, Variant variant) {
    Integer left =
        wanted.computeIfPresent(
            new Interest(filter, variant), (any, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      inbox.send(new Unwant(inbox.address(), filter, variant));
    }
  }
}
