package io.imagebus.client;

import io.imagebus.base.Clock;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** One publication or subscription on the client's connection, which may change under it. */
abstract sealed class Conversation permits Publication, Subscription {

  /**
   * Where a conversation takes place.
   *
   * @param id its name on the wire
   */
  record Setting(Vertx vertx, Clock clock, int id) {}

  /** A node welcomed us: say what is wanted. */
  abstract void onConnected(BusConnection connection);

  /** A control message; each conversation takes what is its own. */
  abstract void onControl(ServerMessage message, long nowNanos);

  /** A binary message; each conversation takes what is its own. */
  void onChunk(ChunkReader.Read read, long nowNanos) {}

  /** More can be written again. */
  void onWritable() {}

  /** Time passes; called several times a second. */
  abstract void onTick(long nowNanos);

  /** The connection is over, if there was one. */
  abstract void onDisconnected(long nowNanos);

  /** Brings what is under way to an end on this connection, because another one will follow. */
  abstract Future<Void> leave(long nowNanos);

  /** It cannot go on. */
  abstract void fail(String why);
}
