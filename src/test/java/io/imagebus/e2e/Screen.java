package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ConnectionState;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.ServerUrl;
import io.imagebus.client.Subscription;
import io.imagebus.client.SubscriptionListener;
import io.imagebus.client.TopicStatus;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.TopicFilter;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A display that keeps the history of what it showed. May be used from any thread. */
final class Screen implements SubscriptionListener, ConnectionListener {

  /**
   * One picture as it came.
   *
   * @param number of the footage
   * @param digest SHA-256
   * @param receivedNanos when its last byte came
   */
  record Shown(
      String topic,
      StreamId stream,
      long number,
      String digest,
      long receivedNanos,
      long latencyMicros) {}

  private final Clients clients;
  private final BusClient client;
  private final Subscription subscription;
  private final List<Shown> shown = new ArrayList<>();
  private final Map<StreamId, Long> newest = new ConcurrentHashMap<>();

  /** The nodes that welcomed it, in order. */
  final List<ServerUrl> welcomes = new CopyOnWriteArrayList<>();

  Screen(Clients clients, String filter, List<ServerUrl> servers) {
    this.clients = clients;
    this.client = clients.connect(servers, this);
    this.subscription = clients.call(() -> client.subscribe(new TopicFilter(filter), true, this));
  }

  @Override
  public void onFrame(ReceivedFrame received) {
    byte[] picture = received.frame().picture().getBytes();
    Shown one =
        new Shown(
            received.topic().name(),
            received.frame().stream(),
            Footage.numberOf(picture),
            Footage.digest(picture),
            received.receivedNanos(),
            received.latencyMicros());
    synchronized (shown) {
      shown.add(one);
    }
    newest.merge(one.stream(), one.number(), Math::max);
  }

  @Override
  public void onState(ConnectionState state, ServerUrl server, String why) {
    if (state == ConnectionState.ONLINE) {
      welcomes.add(server);
    }
  }

  /** What it showed of a topic so far, in the order of arrival. */
  List<Shown> shown(String topic) {
    synchronized (shown) {
      return shown.stream().filter(each -> each.topic().equals(topic)).toList();
    }
  }

  /** Showed the pictures with these numbers of one stream: all, whole, once each, in order. */
  void assertShown(StreamId stream, Footage footage, long from, long to) {
    List<Shown> of;
    synchronized (shown) {
      of = shown.stream().filter(each -> each.stream().equals(stream)).toList();
    }
    long expected = from;
    for (Shown each : of) {
      assertThat(each.number()).as("after %s pictures", expected - from).isEqualTo(expected);
      assertThat(each.digest()).isEqualTo(Footage.digest(footage.picture(expected)));
      expected++;
    }
    assertThat(expected).as("the number after the last").isEqualTo(to);
  }

  /** The highest number shown of a stream, −1 before the first. */
  long newestOf(StreamId stream) {
    return newest.getOrDefault(stream, -1L);
  }

  /** The highest number shown of a topic, −1 before the first. */
  long newest(String topic) {
    return shown(topic).stream().mapToLong(Shown::number).max().orElse(-1);
  }

  /** What the client counted of a topic. */
  Optional<TopicStatus> status(String topic) {
    return clients.call(subscription::topics).stream()
        .filter(status -> status.topic().name().equals(topic))
        .findFirst();
  }

  /** Where the topic stands, {@code none} if it was never announced. */
  String state(String topic) {
    return status(topic).map(TopicStatus::state).orElse("none");
  }

  /** Frames that were left out on the way to here, for whatever reason. */
  long skippedFrames(String topic) {
    return status(topic).orElseThrow().skippedFrames().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Ends the subscription and the connection. */
  void close() {
    clients.run(subscription::close);
    clients.run(client::close);
  }
}
