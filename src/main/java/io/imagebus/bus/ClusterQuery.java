package io.imagebus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks every node the same question and waits a little for the answers. Stateless. */
public final class ClusterQuery {

  private static final long TIMEOUT_MILLIS = 1_000;
  private static final String REGISTER_AGAIN = "imagebus.local.register-again";

  private ClusterQuery() {}

  /**
   * Answers a question for this node, on the current event loop; the details come with it. Answers
   * on when a split has cost the cluster its registrations.
   */
  public static void answer(
      Vertx vertx, String self, String question, Function<JsonObject, Future<JsonObject>> answer) {
    Supplier<MessageConsumer<JsonObject>> register =
        () ->
            vertx
                .eventBus()
                .consumer(
                    address(question, self),
                    message ->
                        answer
                            .apply(message.body())
                            .onSuccess(message::reply)
                            .onFailure(e -> message.fail(500, String.valueOf(e.getMessage()))));
    AtomicReference<MessageConsumer<JsonObject>> registered = new AtomicReference<>(register.get());
    new LocalBus(vertx)
        .consume(
            REGISTER_AGAIN,
            any -> {
              MessageConsumer<JsonObject> before = registered.getAndSet(register.get());
              // A question may be on its way to it.
              vertx.setTimer(TIMEOUT_MILLIS, later -> before.unregister());
            });
  }

  /** Registers all that this node answers to again. */
  static void registerAgain(Vertx vertx) {
    new LocalBus(vertx).publish(REGISTER_AGAIN, REGISTER_AGAIN);
  }

  /**
   * Asks all members.
   *
   * @param details of the question, as each node gets them; small
   * @return the answers by node id; a node that gives none within a second is missing. Never fails.
   */
  public static Future<Map<String, JsonObject>> ask(
      Vertx vertx, Membership membership, String question, JsonObject details) {
    return ask(vertx, membership.members(), question, details);
  }

  /**
   * Asks some members.
   *
   * @return as if all were asked
   */
  public static Future<Map<String, JsonObject>> ask(
      Vertx vertx, Collection<String> nodes, String question, JsonObject details) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS);
    Map<String, JsonObject> answers = new LinkedHashMap<>();
    List<Future<?>> asked = new ArrayList<>();
    for (String node : nodes) {
      asked.add(
          vertx
              .eventBus()
              .<JsonObject>request(address(question, node), details, options)
              .onSuccess(reply -> answers.put(node, reply.body())));
    }
    return Future.join(asked).map(answers).otherwise(answers);
  }

  private static String address(String question, String node) {
    return "imagebus.query." + question + "." + node;
  }
}
