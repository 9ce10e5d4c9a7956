package io.imagebus.delivery;

import io.imagebus.door.ControlSocket;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The display's half of the conversation on one control socket. Becomes a display with its first
 * subscription. Owned by one event loop.
 */
final class DisplayControl {

  /** Topics that {@code subscribed} names; their number is told in any case. */
  private static final int MAX_NAMED = 1000;

  private final Floor floor;
  private final ControlSocket socket;
  private final Display display;
  private final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();
  private boolean isOutlet;

  private DisplayControl(Floor floor, ControlSocket socket, String name) {
    this.floor = floor;
    this.socket = socket;
    this.display = new Display(floor, name, socket.writer(), this::onFull);
  }

  static void attach(Floor floor, ControlSocket socket, String name) {
    DisplayControl control = new DisplayControl(floor, socket, name);
    socket
        .on("subscribe", control.guarded(control::subscribe))
        .on("update", control.guarded(control::update))
        .on("unsubscribe", control.guarded(control::unsubscribe))
        .on("ack", control.guarded(control::acknowledge))
        .on("report", control::report)
        .on("time", control::time)
        .onClose(control::onClose);
  }

  /** Names the rule that the message breaks, where {@link ControlSocket} knows only that one is. */
  private Consumer<JsonObject> guarded(Consumer<JsonObject> handler) {
    return message -> {
      try {
        handler.accept(message);
      } catch (VariantRequest.Unsupported e) {
        socket.error(message, "unsupported-variant", String.valueOf(e.getMessage()));
      } catch (Refused e) {
        socket.error(message, e.code, String.valueOf(e.getMessage()));
      }
    };
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    Refused(String code, String text) {
      super(text, null, false, false);
      this.code = code;
    }
  }

  private void subscribe(JsonObject message) {
    long id = id(message);
    TopicFilter filter = filter(message);
    VariantRequest variant = VariantRequest.of(message.getValue("variant"));
    boolean fromLast = fromLast(message);
    checkRoomFor(id);
    Subscription subscription = new Subscription(display, id, filter, variant, fromLast);
    subscriptions.put(id, subscription);
    socket.send(confirmation(subscription));
    subscription.open(floor.rooms());
  }

  private void checkRoomFor(long id) {
    if (subscriptions.containsKey(id)) {
      throw new Refused("duplicate-id", "this socket has a subscription " + id + " already");
    }
    int most = floor.settings().maxSubscriptions();
    if (subscriptions.size() >= most) {
      throw new Refused(
          "too-many-subscriptions", "a socket has at most " + most + "; use a wildcard");
    }
    if (isOutlet) {
      return;
    }
    if (floor.outlets().isFull()) {
      throw new Refused("too-many-displays", "this node is full; try another");
    }
    isOutlet = true;
    floor.outlets().add(display);
  }

  private JsonObject confirmation(Subscription subscription) {
    Variant variant = subscription.variant();
    List<String> topics = floor.rooms().topics(subscription.filter(), variant);
    return new JsonObject()
        .put("type", "subscribed")
        .put("id", subscription.id())
        .put("topic", subscription.filter().text())
        .put("variant", variant.label())
        .put("matched", topics.size())
        .put("topics", new JsonArray(topics.subList(0, Math.min(MAX_NAMED, topics.size()))))
        .put("reportSeconds", floor.settings().reportIntervalSeconds());
  }

  private void onFull(Subscription subscription) {
    socket.error(
        new JsonObject().put("id", subscription.id()),
        "too-many-topics",
        "a socket shows at most "
            + floor.settings().maxSubscriptions()
            + " topics; others that match are left out");
  }

  private void update(JsonObject message) {
    Subscription subscription = subscription(message);
    if (message.containsKey("topic") && !filter(message).equals(subscription.filter())) {
      throw new Refused("bad-topic", "update changes the variant; subscribe to the other topic");
    }
    subscription.change(VariantRequest.of(message.getValue("variant")), floor.rooms());
    List.copyOf(display.seats()).stream()
        .filter(seat -> seat.subscriptions().contains(subscription))
        .forEach(DisplaySeat::adapt);
    socket.send(confirmation(subscription));
  }

  private void unsubscribe(JsonObject message) {
    Subscription subscription = subscription(message);
    subscriptions.remove(subscription.id());
    subscription.close(floor.rooms());
    display.leave(subscription);
    socket.send(new JsonObject().put("type", "unsubscribed").put("id", subscription.id()));
  }

  private void acknowledge(JsonObject message) {
    if (!(message.getValue("frame") instanceof Number frame)) {
      throw new IllegalArgumentException("ack has the number of a frame: {\"frame\":17}");
    }
    Optional<DisplaySeat> seat = seat(message);
    if (seat.isEmpty()) {
      return;
    }
    if (!seat.get().acknowledged(frame.longValue(), floor.clock().nanoTime())) {
      throw new Refused("bad-ack", "frame " + frame + " was never sent");
    }
  }

  private void report(JsonObject message) {
    if (!(message.getValue("streams") instanceof JsonArray streams)) {
      throw new IllegalArgumentException("report has a list of streams");
    }
    for (Object entry : streams) {
      if (!(entry instanceof JsonObject stream)) {
        throw new IllegalArgumentException("report: a stream is an object");
      }
      DisplayReport report = DisplayReport.of(stream);
      StreamId id = StreamId.parse(String.valueOf(stream.getValue("stream")));
      seatOf(id, stream).ifPresent(seat -> seat.report(id, report));
    }
  }

  /** The last word on a stream that was replaced names its topic. */
  private Optional<DisplaySeat> seatOf(StreamId id, JsonObject entry) {
    Optional<DisplaySeat> seat = display.seatOf(id);
    return seat.isEmpty() && entry.getValue("topic") instanceof String topic
        ? display.seatOf(new Topic(topic)).filter(other -> other.knew(id))
        : seat;
  }

  /** The seat that the message is about; none if it was left, perhaps while the message came. */
  private Optional<DisplaySeat> seat(JsonObject message) {
    if (message.getValue("stream") instanceof String hex) {
      return display.seatOf(StreamId.parse(hex));
    }
    if (message.getValue("topic") instanceof String topic) {
      return display.seatOf(new Topic(topic));
    }
    throw new IllegalArgumentException("the message names its stream or its topic");
  }

  private void time(JsonObject message) {
    long received = floor.clock().epochMicros();
    if (!(message.getValue("t0") instanceof Number sent)) {
      throw new IllegalArgumentException("time has the client's clock: {\"t0\":1700000000000000}");
    }
    socket.send(
        new JsonObject()
            .put("type", "time")
            .put("t0", sent)
            .put("t1", received)
            .put("t2", floor.clock().epochMicros()));
  }

  private void onClose() {
    subscriptions.values().forEach(subscription -> subscription.close(floor.rooms()));
    subscriptions.clear();
    floor.outlets().remove(display);
    display.close();
  }

  private static long id(JsonObject message) {
    if (message.getValue("id") instanceof Number id) {
      return id.longValue();
    }
    throw new IllegalArgumentException("the message has no id, a number of the client's choice");
  }

  private Subscription subscription(JsonObject message) {
    Subscription found = subscriptions.get(id(message));
    if (found == null) {
      throw new Refused("unknown-id", "this socket has no subscription " + id(message));
    }
    return found;
  }

  private static TopicFilter filter(JsonObject message) {
    if (!(message.getValue("topic") instanceof String text)) {
      throw new Refused("bad-topic", "the message names its topic, such as site/+/gate");
    }
    try {
      return new TopicFilter(text);
    } catch (IllegalArgumentException e) {
      throw new Refused("bad-topic", String.valueOf(e.getMessage()));
    }
  }

  private static boolean fromLast(JsonObject message) {
    Object start = message.getValue("start", "last");
    if (!"last".equals(start) && !"next".equals(start)) {
      throw new IllegalArgumentException("start is \"last\" or \"next\"");
    }
    return "last".equals(start);
  }
}
