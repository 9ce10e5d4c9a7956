package io.imagebus.bus;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads what the nodes say of themselves: small versioned deltas to everybody, a beacon each
 * second, and the whole for whoever missed something. Nothing of it is kept in Hazelcast, so a
 * split and its end need no merge. Owned by the event loop of the {@link ClusterVerticle}.
 */
final class DirectoryGossip {

  private static final Logger LOG = LoggerFactory.getLogger(DirectoryGossip.class);

  private final Vertx vertx;
  private final String self;
  private final BusSettings settings;
  private final NodeDirectory own;
  private final Set<String> asked = new HashSet<>();
  private @Nullable Listener listener;
  private @Nullable MessageConsumer<JsonObject> news;
  private @Nullable MessageConsumer<JsonObject> questions;

  /** Who learns what the others say. */
  interface Listener {
    /** A sign of life. */
    void heard(String node, String httpUrl);

    /** Whether a node could make more variants than it does. */
    void room(String node, boolean hasRoom);

    /** The directory of a node as this node knows it, empty if it knows nothing. */
    @Nullable NodeDirectory known(String node);

    /** A node's directory is new or has changed. */
    void changed(String node, NodeDirectory directory);

    /** A node says that it goes. */
    void leaving(String node);
  }

  DirectoryGossip(Vertx vertx, String self, BusSettings settings, NodeDirectory own) {
    this.vertx = vertx;
    this.self = self;
    this.settings = settings;
    this.own = own;
  }

  void start(Listener hears) {
    listener = hears;
    register();
  }

  private void register() {
    news = vertx.eventBus().consumer(Addresses.DIRECTORY, message -> onNews(message.body()));
    questions =
        vertx.eventBus().consumer(Addresses.state(self), message -> message.reply(own.snapshot()));
  }

  /** Registers again, for a cluster that has lost the registrations in a split. */
  void registerAgain() {
    unregister(news);
    unregister(questions);
    register();
  }

  private static void unregister(@Nullable MessageConsumer<JsonObject> consumer) {
    if (consumer != null) {
      consumer.unregister();
    }
  }

  /** Tells everybody of a change. */
  void tell(JsonObject delta) {
    vertx.eventBus().publish(Addresses.DIRECTORY, signed(delta));
  }

  /**
   * Tells everybody that this node lives, and at which version its directory is.
   *
   * @param hasRoom whether it could make more variants than it does
   */
  void beacon(boolean hasRoom) {
    tell(own.head().put("beacon", true).put("room", hasRoom));
  }

  /** Tells everybody that this node goes. */
  void leave() {
    tell(own.head().put("leaving", true));
  }

  private JsonObject signed(JsonObject message) {
    return message.put("node", self).put("url", settings.http().get());
  }

  private void onNews(JsonObject message) {
    Listener hears = listener;
    String node = message.getString("node");
    if (hears == null || node == null || node.equals(self)) {
      return;
    }
    if (message.containsKey("leaving")) {
      hears.leaving(node);
      return;
    }
    hears.heard(node, message.getString("url", ""));
    if (message.containsKey("room")) {
      hears.room(node, message.getBoolean("room"));
    }
    NodeDirectory known = hears.known(node);
    if (known != null && known.isAt(message)) {
      return;
    }
    if (known != null && !message.containsKey("beacon") && known.apply(message)) {
      hears.changed(node, known);
    } else {
      ask(node, hears);
    }
  }

  private void ask(String node, Listener hears) {
    if (!asked.add(node)) {
      return;
    }
    BiConsumer<JsonObject, @Nullable Throwable> done =
        (snapshot, failure) -> {
          asked.remove(node);
          if (failure != null) {
            LOG.debug("no directory from node {}: {}", node, failure.getMessage());
          } else {
            hears.changed(node, NodeDirectory.fromSnapshot(snapshot));
          }
        };
    vertx
        .eventBus()
        .<JsonObject>request(Addresses.state(node), new JsonObject())
        .onSuccess(reply -> done.accept(reply.body(), null))
        .onFailure(failure -> done.accept(new JsonObject(), failure));
  }
}
