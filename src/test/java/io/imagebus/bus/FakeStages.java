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
  private final Map<String, List<Interest>> wants = new LinkedHashMap<>();
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
      wants
          .computeIfAbsent(want.address(), any -> new ArrayList<>())
          .add(new Interest(want.filter(), want.variant()));
      for (FakeStream stream : streams) {
        if (new Interest(want.filter(), want.variant()).wants(stream.info())) {
          stream.greeting().forEach(event -> hand(want.address(), event));
        }
      }
    } else if (message instanceof Unwant unwant) {
      wants
          .getOrDefault(unwant.address(), new ArrayList<>())
          .remove(new Interest(unwant.filter(), unwant.variant()));
    } else if (!(message instanceof Consumed)) {
      throw new IllegalStateException("not for the stages: " + message);
    }
  }

  /** Opens a stream of a publisher. */
  public synchronized FakeStream open(String topic, long id, long generation) {
    return open(topic, Variant.SOURCE, id, generation);
  }

  /** Opens a stream of a variant. */
  public synchronized FakeStream open(String topic, Variant variant, long id, long generation) {
    StreamInfo info =
        new StreamInfo(
            new StreamId(id), new Topic(topic), variant, ImageFormat.JPEG, "node-test", generation);
    FakeStream stream = new FakeStream(this, info);
    streams.add(stream);
    stream.greeting().forEach(event -> emit(stream.info(), event));
    return stream;
  }

  synchronized void emit(StreamInfo info, StreamEvent event) {
    wants.forEach(
        (address, interests) -> {
          if (interests.stream().anyMatch(interest -> interest.wants(info))) {
            hand(address, event);
          }
        });
  }

  private void hand(String address, StreamEvent event) {
    bus.send(address, new Handed(event, ++offset));
  }

  /** Whether somebody wants the variant of the topic. */
  public synchronized boolean wants(String filter, Variant variant) {
    Interest interest = new Interest(new TopicFilter(filter), variant);
    return wants.values().stream().anyMatch(each -> each.contains(interest));
  }

  /** How many filters are wanted now. */
  public synchronized int wanted() {
    return wants.values().stream().mapToInt(List::size).sum();
  }
}
