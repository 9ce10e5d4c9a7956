package io.imagebus.bus;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Another node: what it says of itself, and the links both ways. Owned by the exchange. */
final class Peer {

  /** Whether the node can be reached. */
  enum State {
    /** Heard, and its link acknowledges. */
    UP,
    /** A member whose link has not acknowledged for a while. */
    DEGRADED,
    /** Not a member, or silent. */
    DOWN
  }

  private final String id;
  private final ClusterTransport transport;
  private final OutboundLink outbound;
  private final InboundLink inbound;
  private NodeDirectory directory;
  private State state = State.UP;
  private String url = "";
  private boolean room;
  private long linkNanos;
  private long gossipNanos;
  private long acknowledgedNanos;
  private long downSinceNanos;

  Peer(
      String id,
      ClusterTransport transport,
      OutboundLink outbound,
      InboundLink inbound,
      NodeDirectory directory,
      long nowNanos) {
    this.id = id;
    this.transport = transport;
    this.outbound = outbound;
    this.inbound = inbound;
    this.directory = directory;
    this.linkNanos = nowNanos;
    this.gossipNanos = nowNanos;
    this.acknowledgedNanos = nowNanos;
  }

  /** Notes a sign of life. */
  void heard(String httpUrl, long nowNanos) {
    url = httpUrl;
    gossipNanos = nowNanos;
  }

  /** Notes whether the node could make more variants than it does. */
  void room(boolean has) {
    room = has;
  }

  boolean hasRoom() {
    return room;
  }

  /** Takes an acknowledgement of what this node sent. */
  void acknowledged(long epoch, long endOffset, long nowNanos) {
    if (epoch == transport.epoch()) {
      acknowledgedNanos = nowNanos;
      outbound.acknowledged(endOffset, nowNanos);
    }
  }

  /** Notes a sign of life on the link itself. */
  void heardOnLink(long nowNanos) {
    linkNanos = nowNanos;
  }

  /**
   * Asks for an acknowledgement, also when nothing is under way: the probe shows the other side
   * that this node lives, and keeps the way of the link known to the event bus, which otherwise
   * looks it up in the cluster at the first frame, and waits for as long as a stopped member holds
   * the entry.
   */
  void probe(long degradedAfterNanos, long nowNanos) {
    if (state == State.DOWN) {
      return;
    }
    transport.probe(outbound.window().sentOffset());
    if (outbound.window().inFlightBytes() == 0) {
      acknowledgedNanos = nowNanos;
    }
    state = nowNanos - acknowledgedNanos > degradedAfterNanos ? State.DEGRADED : State.UP;
  }

  void down(long nowNanos) {
    state = State.DOWN;
    downSinceNanos = nowNanos;
    outbound.down();
  }

  void up(long nowNanos) {
    state = State.UP;
    acknowledgedNanos = nowNanos;
    outbound.up();
  }

  /** For how long the node has been out of reach; 0 while it is not. */
  long downNanos(long nowNanos) {
    return state == State.DOWN ? nowNanos - downSinceNanos : 0;
  }

  /** For how long nothing at all was heard of the node. */
  long silentNanos(long nowNanos) {
    return Math.min(nowNanos - linkNanos, nowNanos - gossipNanos);
  }

  /** For how long one of the two ways to this node has been dead while the other was alive. */
  long halfDeafNanos() {
    return Math.abs(linkNanos - gossipNanos);
  }

  void directory(NodeDirectory newer) {
    directory = newer;
  }

  NodeDirectory directory() {
    return directory;
  }

  String id() {
    return id;
  }

  String url() {
    return url;
  }

  State state() {
    return state;
  }

  ClusterTransport transport() {
    return transport;
  }

  OutboundLink outbound() {
    return outbound;
  }

  InboundLink inbound() {
    return inbound;
  }

  JsonObject toJson(long nowNanos) {
    JsonObject skipped = new JsonObject();
    outbound.skippedFrames().forEach((reason, n) -> skipped.put(reason.label(), n));
    return new JsonObject()
        .put("node", id)
        .put("url", url)
        .put("state", state.name().toLowerCase(Locale.ROOT))
        .put("lastHeardMillis", silentNanos(nowNanos) / 1_000_000)
        .put(
            "link",
            new JsonObject()
                .put("sentFrames", outbound.sentFrames())
                .put("skippedFrames", skipped)
                .put("inFlightBytes", outbound.window().inFlightBytes())
                .put("windowBytes", outbound.window().limitBytes())
                .put("waitingBytes", outbound.waitingBytes())
                .put("unfinishedBytes", inbound.unfinishedBytes()));
  }
}
