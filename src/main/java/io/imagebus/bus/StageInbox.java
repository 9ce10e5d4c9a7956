package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Consumed;
import io.imagebus.bus.StageMessage.Handed;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where a stage takes what its node's {@link ClusterVerticle} sends it, and gives the credit for it
 * back. Owned by the event loop that made it.
 */
final class StageInbox {

  private final LocalBus bus;
  private final Context context;
  private final String address = "imagebus.local.stage." + UUID.randomUUID();
  private long consumedOffset;
  private boolean ackScheduled;

  /**
   * Starts to listen.
   *
   * @param events gets the events of streams
   * @param others gets whatever else is sent
   */
  StageInbox(Vertx vertx, Consumer<StreamEvent> events, Consumer<StageMessage> others) {
    this.bus = new LocalBus(vertx);
    this.context = vertx.getOrCreateContext();
    bus.<StageMessage>consume(
        address,
        message -> {
          if (message instanceof Handed handed) {
            take(handed, events);
          } else {
            others.accept(message);
          }
        });
  }

  private void take(Handed handed, Consumer<StreamEvent> events) {
    try {
      events.accept(handed.event());
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
            send(new Consumed(address, consumedOffset));
          });
    }
  }

  /** Says something to the cluster verticle. */
  void send(StageMessage message) {
    bus.send(Addresses.STAGES, message);
  }

  String address() {
    return address;
  }
}
