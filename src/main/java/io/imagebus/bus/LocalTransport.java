package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Handed;
import io.imagebus.bus.StreamEvent.Arrived;

/** Hands a link's events to a stage of the same node, by reference. */
final class LocalTransport implements LinkTransport {

  private final LocalBus bus;
  private final String address;

  LocalTransport(LocalBus bus, String address) {
    this.bus = bus;
    this.address = address;
  }

  @Override
  public long sizeOf(StreamEvent event) {
    return event instanceof Arrived arrived ? arrived.frame().wireBytes() : LinkLimits.EVENT_BYTES;
  }

  @Override
  public void send(StreamEvent event, long endOffset) {
    bus.send(address, new Handed(event, endOffset));
  }
}
