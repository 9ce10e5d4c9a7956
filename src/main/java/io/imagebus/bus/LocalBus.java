package io.imagebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The event bus inside one node, as its verticles use it: immutable objects, by reference.
 * Stateless but for its Vert.x; consumers run on the event loop that registered them.
 */
public final class LocalBus {

  private static final ByReferenceCodec<Object> CODEC = new ByReferenceCodec<>(Object.class);
  private static final DeliveryOptions LOCAL =
      new DeliveryOptions().setLocalOnly(true).setCodecName(CODEC.name());

  private final Vertx vertx;

  /** The bus of a node; its {@link ClusterVerticle} must be deployed before it is used. */
  public LocalBus(Vertx vertx) {
    this.vertx = vertx;
  }

  /** To be called once for each Vert.x. */
  static void registerCodec(Vertx vertx) {
    vertx.eventBus().registerCodec(CODEC);
  }

  /** Sends to the one consumer at the address. */
  public void send(String address, Object message) {
    vertx.eventBus().send(address, message, LOCAL);
  }

  /** Sends to all consumers at the address. */
  public void publish(String address, Object message) {
    vertx.eventBus().publish(address, message, LOCAL);
  }

  /** Sends and waits for the reply; fails with the text that the consumer failed with. */
  public <T> Future<T> request(String address, Object message) {
    return vertx.eventBus().<T>request(address, message, LOCAL).map(Message::body);
  }

  /** Takes what is sent to the address. */
  public <T> MessageConsumer<T> consume(String address, Consumer<T> handler) {
    return vertx.eventBus().localConsumer(address, message -> handler.accept(message.body()));
  }

  /** Answers what is sent to the address. */
  public <T, R> MessageConsumer<T> answer(String address, Function<T, Future<R>> handler) {
    return vertx
        .eventBus()
        .localConsumer(
            address,
            message ->
                handler
                    .apply(message.body())
                    .onSuccess(reply -> message.reply(reply, LOCAL))
                    .onFailure(e -> message.fail(codeOf(e), String.valueOf(e.getMessage()))));
  }

  /** The code of a {@link #refuse refusal}; 500 for any other failure. */
  public static int codeOf(Throwable failure) {
    return failure instanceof ReplyException e ? e.failureCode() : 500;
  }

  /** A refusal for {@link #answer}: the code reaches the one who asked. */
  public static <T> Future<T> refuse(int code, String text) {
    return Future.failedFuture(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, text));
  }
}
