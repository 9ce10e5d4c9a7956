package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Consumed;
import io.imagebus.bus.StageMessage.Handed;
import io.imagebus.bus.StageMessage.Unwant;
import io.imagebus.bus.StageMessage.Want;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
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

  private final LocalBus bus;
  private final Context context;
  private final Consumer<StreamEvent> handler;
  private final String address = "imagebus.local.stage." + UUID.randomUUID();
  private final Map<Interest, Integer> wanted = new HashMap<>();
  private long consumedOffset;
  private boolean ackScheduled;

  private record Interest(TopicFilter filter, Variant variant) {}

  /**
   * Starts to listen.
   *
   * @param handler gets the events, on the current event loop
   */
  public StreamSubscriber(Vertx vertx, Consumer<StreamEvent> handler) {
    this.bus = new LocalBus(vertx);
    this.context = vertx.getOrCreateContext();
    this.handler = handler;
    bus.<Handed>consume(address, this::onHanded);
  }

  /** Asks for the streams that match; counted, so that each call needs its {@link #unwant}. */
  public void want(TopicFilter filter, Variant variant) {
    if (wanted.merge(new Interest(filter, variant), 1, Integer::sum) == 1) {
      bus.send(Addresses.STAGES, new Want(address, filter, variant));
    }
  }

  /** Takes back one {@link #want}; streams that no other filter matches fall silent at once. */
  public void unwant(TopicFilter filter, Variant variant) {
    Integer left =
        wanted.computeIfPresent(
            new Interest(filter, variant), (any, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      bus.send(Addresses.STAGES, new Unwant(address, filter, variant));
    }
  }

  private void onHanded(Handed handed) {
    try {
      handler.accept(handed.event());
    } finally {
      consumedOffset = handed.endOffset();
      acknowledgeSoon();
    }
  }

  /** One acknowledgement for all the events that are already waiting on this event loop. */
  private void acknowledgeSoon() {
    if (!ackScheduled) {
      ackScheduled = true;
      context.runOnContext(
          ignored -> {
            ackScheduled = false;
            bus.send(Addresses.STAGES, new Consumed(address, consumedOffset));
          });
    }
  }
}
