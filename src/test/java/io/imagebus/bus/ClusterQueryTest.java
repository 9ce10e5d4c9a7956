package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterQueryTest {

  private static final JsonObject NOTHING = new JsonObject();

  private final AtomicInteger asked = new AtomicInteger();
  private Vertx vertx;
  private Context context;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    LocalBus.registerCodec(vertx);
    onLoop(() -> ClusterQuery.answer(vertx, "here", "question", details -> answer()));
  }

  private Future<JsonObject> answer() {
    return Future.succeededFuture(new JsonObject().put("times", asked.incrementAndGet()));
  }

  /** Runs something on the event loop that answers, after all that it was given before. */
  private void onLoop(Runnable action) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        any -> {
          action.run();
          done.complete();
        });
    done.future().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Map<String, JsonObject> ask(String... nodes) throws Exception {
    return ClusterQuery.ask(vertx, List.of(nodes), "question", NOTHING).await(10, TimeUnit.SECONDS);
  }

  @Test
  void node_thatDoesNotAnswer_isMissing_andTheOthersAreNot() throws Exception {
    assertThat(ask("here", "away")).containsOnlyKeys("here");
    assertThat(ask()).isEmpty();
  }

  @Test
  void nodeThatRegisteredAgain_answersEachQuestionOnce() throws Exception {
    for (int times = 1; times <= 20; times++) {
      onLoop(() -> ClusterQuery.registerAgain(vertx));
      // What was published is delivered by now.
      onLoop(() -> {});
      assertThat(ask("here").get("here").getInteger("times")).isEqualTo(times);
    }
  }
}
