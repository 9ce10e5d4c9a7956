package io.imagebus.fault;

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
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.testbed.Clients;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A display on the program's own client that compares each picture it is given with the ledger of
 * the camera, byte for byte as far as a checksum goes, and writes down when it came and how old it
 * was. Filled by one event loop, read from any thread.
 */
final class LedgerDisplay implements SubscriptionListener, ConnectionListener {

  /**
   * One picture as it was shown.
   *
   * @param ageNanos since the camera sent it; one clock
   */
  record Shown(StreamId stream, long frame, int chunks, long shownNanos, long ageNanos) {}

  private final Clients clients;
  private final Ledger ledger;
  private final String topic;
  private final ServerUrl home;
  private final BusClient client;
  private final Subscription subscription;
  private final List<Shown> shown = new ArrayList<>();
  private final Map<StreamId, Long> newest = new HashMap<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final List<ServerUrl> welcomes = new CopyOnWriteArrayList<>();
  private volatile boolean online;
  private volatile SequenceCounts atWelcome = SequenceCounts.ZERO;
  private boolean joining = true;

  LedgerDisplay(Clients clients, Ledger ledger, String topic, List<ServerUrl> servers) {
    this(clients, ledger, topic, servers.get(0), servers);
  }

  /**
   * Connects to the first of the servers.
   *
   * @param home the node behind that server
   */
  LedgerDisplay(
      Clients clients, Ledger ledger, String topic, ServerUrl home, List<ServerUrl> servers) {
    this.clients = clients;
    this.ledger = ledger;
    this.topic = topic;
    this.home = home;
    this.client = clients.connect(servers, this);
    this.subscription = clients.call(() -> client.subscribe(new TopicFilter(topic), true, this));
  }

  @Override
  public void onState(ConnectionState state, ServerUrl server, String why) {
    online = state == ConnectionState.ONLINE;
    if (online) {
      atWelcome = subscription == null ? SequenceCounts.ZERO : ownCounts();
      welcomes.add(server);
      synchronized (shown) {
        joining = true;
      }
    }
  }

  @Override
  public void onFrame(ReceivedFrame received) {
    StreamId stream = received.frame().stream();
    long number = received.frame().number();
    byte[] picture = received.frame().picture().getBytes();
    Optional<OfferedStream.Offer> offer =
        ledger.stream(stream).flatMap(offered -> offered.offer(number));
    if (offer.isEmpty() || offer.get().checksum() != OfferedStream.checksum(picture)) {
      wrong.add("picture " + number + " of " + stream + ", unlike what was sent");
      return;
    }
    long now = System.nanoTime();
    synchronized (shown) {
      Long before = newest.put(stream, number);
      // The newest picture is shown again to who connects anew.
      if (before != null && before >= number && !joining) {
        wrong.add("picture " + number + " of " + stream + " after " + before);
      }
      joining = false;
      shown.add(
          new Shown(
              stream,
              number,
              received.frame().chunks().size(),
              now,
              now - offer.get().offeredNanos()));
    }
  }

  @Override
  public void onFailed(String why) {
    wrong.add("subscription failed: " + why);
  }

  String topic() {
    return topic;
  }

  /** All that was shown, in order. */
  List<Shown> shown() {
    synchronized (shown) {
      return List.copyOf(shown);
    }
  }

  /** Whose picture it shows; there has to be one. */
  StreamId newestStream() {
    List<Shown> all = shown();
    return all.get(all.size() - 1).stream();
  }

  /** How often a picture was of another stream than the one before. */
  long changesOfStream() {
    List<Shown> all = shown();
    long changes = 0;
    for (int i = 1; i < all.size(); i++) {
      changes += all.get(i).stream().equals(all.get(i - 1).stream()) ? 0 : 1;
    }
    return changes;
  }

  /** When the last picture was shown; 0 before the first. */
  long lastShownNanos() {
    synchronized (shown) {
      return shown.isEmpty() ? 0 : shown.get(shown.size() - 1).shownNanos();
    }
  }

  /** The longest time without a new picture since then, the one that lasts included. */
  long longestStillNanos(long sinceNanos) {
    long last = sinceNanos;
    long longest = 0;
    for (Shown each : shown()) {
      if (each.shownNanos() - sinceNanos > 0) {
        longest = Math.max(longest, each.shownNanos() - last);
        last = each.shownNanos();
      }
    }
    return Math.max(longest, System.nanoTime() - last);
  }

  /** Whether a picture that was sent after this moment has been shown. */
  boolean isFreshSince(long nanos) {
    synchronized (shown) {
      return !shown.isEmpty()
          && shown.get(shown.size() - 1).shownNanos()
                  - shown.get(shown.size() - 1).ageNanos()
                  - nanos
              > 0;
    }
  }

  /** Pictures that nobody sent so, or that went back in time. */
  List<String> wrong() {
    return wrong;
  }

  /** The node where it began. */
  ServerUrl home() {
    return home;
  }

  /** Whether it was ever connected anew. */
  boolean hasMoved() {
    return welcomes.size() > 1;
  }

  /** The nodes that welcomed it, in order. */
  List<ServerUrl> welcomes() {
    return welcomes;
  }

  /** Whether it is connected to a node. */
  boolean isAt(ServerUrl node) {
    return online && welcomes.get(welcomes.size() - 1).equals(node);
  }

  boolean isOnline() {
    return online;
  }

  /** What the client counted; empty before the topic's first stream. */
  Optional<TopicStatus> status() {
    return clients.call(subscription::topics).stream()
        .filter(status -> status.topic().name().equals(topic))
        .findFirst();
  }

  /** What the client counted of chunks. */
  SequenceCounts counts() {
    return status().map(TopicStatus::chunks).orElse(SequenceCounts.ZERO);
  }

  /** Pictures that were left out on the way, for this reason. */
  long skippedFrames(String reason) {
    return status().map(status -> status.skippedFrames().getOrDefault(reason, 0L)).orElse(0L);
  }

  /** What the client counted of chunks on the connection of now, or the last one. */
  SequenceCounts countsHere() {
    return clients.call(() -> ownCounts().minus(atWelcome));
  }

  /** The same as {@link #counts}, on the event loop. */
  private SequenceCounts ownCounts() {
    return subscription.topics().stream()
        .filter(status -> status.topic().name().equals(topic))
        .map(TopicStatus::chunks)
        .findFirst()
        .orElse(SequenceCounts.ZERO);
  }

  /** Where the topic stands, as the client says. */
  String state() {
    return status().map(TopicStatus::state).orElse("none");
  }

  /** Messages of which nothing could be believed. */
  long unattributable() {
    return clients.call(subscription::unattributable);
  }

  JsonObject toJson() {
    JsonArray connections = new JsonArray();
    welcomes.forEach(server -> connections.add(server.toString()));
    JsonObject json =
        new JsonObject()
            .put("topic", topic)
            .put("connections", connections)
            .put("shown", shown().size())
            .put("wrong", new JsonArray(List.copyOf(wrong)));
    status().ifPresent(status -> json.put("chunks", status.chunks().toString()));
    status().ifPresent(status -> json.put("state", status.state()));
    status().ifPresent(status -> json.put("brokenFrames", status.brokenFrames()));
    return json;
  }

  /** Ends the subscription and the connection. */
  void close() {
    clients.run(subscription::close);
    clients.run(client::close);
  }
}
