package io.imagebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/** The event bus inside one node, as the stages use it: immutable objects, by reference. */
final class StageBus {

  private static final ByReferenceCodec<Object> CODEC = new ByReferenceCodec<>(Object.class);
  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setCodecName(CODEC.name());

  private final Vertx vertx;

  StageBus(Vertx vertx) {
    this.vertx = vertx;
  }

  /** To be called once for each Vert.x. */
  static void registerCodec(Vertx vertx) {
    vertx.eventBus().registerCodec(CODEC);
  }

  void send(String address, StageMessage message) {
    vertx.eventBus().send(address, message, LOCAL);
  }

  <T> Future<T> request(String address, StageMessage message) {
    return vertx.eventBus().<T>request(address, message, LOCAL).map(reply -> reply.body());
  }

  MessageConsumer<StageMessage> consume(String address, Consumer<StageMessage> handler) {
    return vertx.eventBus().localConsumer(address, message -> handler.accept(message.body()));
  }

  static DeliveryOptions options() {
    return LOCAL;
  }
}
