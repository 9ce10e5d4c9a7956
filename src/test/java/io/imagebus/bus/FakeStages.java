package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Consumed;
import io.imagebus.bus.StageMessage.Handed;
import io.imagebus.bus.StageMessage.Unwant;
import io.imagebus.bus.StageMessage.Want;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for the cluster verticle: hands the events of made-up streams to those who want them.
 */
public final class FakeStages {

  private final LocalBus bus;
  private final Map<String, List<TopicFilter>> wants = new LinkedHashMap<>();
  private final List<FakeStream> streams = new ArrayList<>();
  private long offset;

  /** Answers on a Vert.x that has no cluster verticle. */
  public FakeStages(Vertx vertx) {
    LocalBus.registerCodec(vertx);
    bus = new LocalBus(vertx);
    bus.<StageMessage>consume(Addresses.STAGES, this::on);
  }

  private synchronized void on(StageMessage message) {
    if (message instanceof Want want) {
      wants.computeIfAbsent(want.address(), any -> new ArrayList<>()).add(want.filter());
      for (FakeStream stream : streams) {
        if (want.filter().matches(stream.topic())) {
          stream.greeting().forEach(event -> hand(want.address(), event));
        }
      }
    } else if (message instanceof Unwant unwant) {
      wants.getOrDefault(unwant.address(), new ArrayList<>()).remove(unwant.filter());
    } else if (!(message instanceof Consumed)) {
      throw new IllegalStateException("not for the stages: " + message);
    }
  }

  /** Opens a stream of a publisher. */
  public synchronized FakeStream open(String topic, long id, long generation) {
    StreamInfo info =
        new StreamInfo(
            new StreamId(id),
            new Topic(topic),
            Variant.SOURCE,
            ImageFormat.JPEG,
            "node-test",
            generation);
    FakeStream stream = new FakeStream(this, info);
    streams.add(stream);
    stream.greeting().forEach(event -> emit(stream.topic(), event));
    return stream;
  }

  synchronized void emit(Topic topic, StreamEvent event) {
    wants.forEach(
        (address, filters) -> {
          if (filters.stream().anyMatch(filter -> filter.matches(topic))) {
            hand(address, event);
          }
        });
  }

  private void hand(String address, StreamEvent event) {
    bus.send(address, new Handed(event, ++offset));
  }

  /** How many filters are wanted now. */
  public synchronized int wanted() {
    return wants.values().stream().mapToInt(List::size).sum();
  }
}
