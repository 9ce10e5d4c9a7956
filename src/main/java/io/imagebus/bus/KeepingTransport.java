package io.imagebus.bus;

import io.imagebus.base.Clock;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.frame.StreamId;
import java.util.function.Predicate;

/** A way to another node that keeps what it sends of must-see topics. */
final class KeepingTransport implements LinkTransport {

  private final LinkTransport way;
  private final String peer;
  private final RepairRing ring;
  private final Predicate<StreamId> mustSee;
  private final Clock clock;

  KeepingTransport(
      LinkTransport way, String peer, RepairRing ring, Predicate<StreamId> mustSee, Clock clock) {
    this.way = way;
    this.peer = peer;
    this.ring = ring;
    this.mustSee = mustSee;
    this.clock = clock;
  }

  @Override
  public long sizeOf(StreamEvent event) {
    return way.sizeOf(event);
  }

  @Override
  public boolean mayLose() {
    return way.mayLose();
  }

  @Override
  public void send(StreamEvent event, long endOffset) {
    if (event instanceof Arrived arrived && mustSee.test(event.stream())) {
      ring.sent(peer, arrived, clock.nanoTime());
    }
    way.send(event, endOffset);
  }
}
