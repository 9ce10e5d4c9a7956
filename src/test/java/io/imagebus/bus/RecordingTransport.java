package io.imagebus.bus;

import io.imagebus.bus.StreamEvent.Arrived;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Notes what a link sends; acknowledges when it is told to. */
final class RecordingTransport implements LinkTransport {

  /** What was sent and not acknowledged. */
  record UnderWay(long endOffset, long bytes) {}

  private final List<StreamEvent> sent = new ArrayList<>();
  private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();
  private final Consumer<StreamEvent> receiver;

  RecordingTransport() {
    this(event -> {});
  }

  RecordingTransport(Consumer<StreamEvent> receiver) {
    this.receiver = receiver;
  }

  @Override
  public long sizeOf(StreamEvent event) {
    return event instanceof Arrived arrived ? arrived.frame().wireBytes() : LinkLimits.EVENT_BYTES;
  }

  @Override
  public void send(StreamEvent event, long endOffset) {
    sent.add(event);
    underWay.add(new UnderWay(endOffset, sizeOf(event)));
    receiver.accept(event);
  }

  /** What was sent since the last call. */
  List<StreamEvent> take() {
    List<StreamEvent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  long bytesUnderWay() {
    return underWay.stream().mapToLong(UnderWay::bytes).sum();
  }

  int underWay() {
    return underWay.size();
  }

  /** Acknowledges up to so many messages, in one acknowledgement. */
  void acknowledge(OutboundLink link, int messages, long nowNanos) {
    long end = 0;
    for (int i = 0; i < messages && !underWay.isEmpty(); i++) {
      end = underWay.pollFirst().endOffset();
    }
    link.acknowledged(end, nowNanos);
  }

  /** Acknowledges until nothing is under way, and what that lets out as well. */
  void acknowledgeAll(OutboundLink link, long nowNanos) {
    while (!underWay.isEmpty()) {
      acknowledge(link, underWay.size(), nowNanos);
    }
  }
}
