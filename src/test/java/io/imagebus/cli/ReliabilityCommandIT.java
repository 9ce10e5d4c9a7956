package io.imagebus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.client.ServerDouble;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReliabilityCommandIT {

  private static final String PATH = "/api/v1/reliability";

  private final Vertx vertx = Vertx.vertx();
  private ServerDouble server;

  @BeforeEach
  void start() {
    server = ServerDouble.start(vertx);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Executed execute(String line) {
    return Executed.of((line + " --server " + server.url()).split(" "));
  }

  private static JsonObject line(String topic, long received, long lost) {
    JsonObject reliability = new JsonObject().put("settled", received + lost);
    reliability.put(
        lost == 0 ? "atLeast" : "claim",
        lost == 0 ? 1 - 3.0 / received : received / (double) (received + lost));
    JsonObject figures =
        new JsonObject()
            .put("expected", received + lost + 2)
            .put("received", received)
            .put("lost", lost)
            .put("corrupt", 0)
            .put("skipped", 2)
            .put("reliability", reliability);
    return figures
        .copy()
        .put("topic", topic)
        .put("hop", "node-node")
        .put("node", "aaaaaaaa-1111-2222")
        .put("peer", "bbbbbbbb-1111-2222")
        .put("state", "live")
        .put("pending", 0)
        .put("skippedByReason", new JsonObject().put("link-credit", 2))
        .put("jitterMicros", 1_500)
        .put("ageMicros", new JsonObject().put("p95", 42_000).put("clock", "ok"))
        .put("windows", new JsonObject().put("15m", figures));
  }

  private static JsonObject answer(JsonObject... lines) {
    JsonArray topics = new JsonArray();
    for (JsonObject line : lines) {
      topics.add(
          new JsonObject()
              .put("topic", line.getString("topic"))
              .put("hops", new JsonArray().add(line)));
    }
    return new JsonObject()
        .put("topics", topics)
        .put("alarms", new JsonArray())
        .put("missing", new JsonArray());
  }

  @Test
  void reliability_worstFirst_withHonestFigures() {
    server.page(PATH, answer(line("good", 30_000, 0), line("bad", 999, 1)));

    Executed executed = execute("reliability");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    List<String> lines = executed.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("TOPIC").contains("NODE←PEER", "RELIABILITY", "STATE");
    assertThat(lines.get(1))
        .startsWith("bad ")
        .contains("aaaaaaaa←bbbbbbbb", " 99.9000 %", "2 (link-credit 2)", "1.5 ms", "42.0 ms");
    assertThat(lines.get(2)).startsWith("good ").contains("at least 99.9900 %");
  }

  @Test
  void reliability_gapsAlarmsAndMissingNodes_areBelow() {
    JsonObject gap =
        new JsonObject()
            .put("stream", "00000000000000ff")
            .put("from", 41)
            .put("to", 43)
            .put("openedAt", 1_000_000)
            .put("settledAt", 1_500_000)
            .put("outcome", "lost")
            .put("cause", "unknown");
    JsonObject answer = answer(line("t", 9, 3).put("gaps", new JsonArray().add(gap)));
    answer.put("missing", new JsonArray().add("cccc"));
    answer
        .getJsonArray("alarms")
        .add(
            new JsonObject()
                .put("topic", "t")
                .put("since", 1_000_000)
                .put("message", "3 chunks were lost in the last minute"));
    server.page(PATH, answer);

    Executed executed = execute("reliability --gaps 1");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(executed.out())
        .contains("GAPS", "00000000000000ff", "41-43", "ALARMS", "3 chunks were lost")
        .contains("no answer from cccc");
  }

  @Test
  void reliability_watchNotOnATerminal_repeatsPlainly() {
    server.page(PATH, answer(line("t", 9, 0)));

    Executed executed = execute("reliability --watch --count 2");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(executed.out().lines().filter(line -> line.startsWith("TOPIC"))).hasSize(2);
    assertThat(executed.out()).doesNotContain("\u001b");
  }

  @Test
  void reliability_json_isTheAnswer() {
    JsonObject answer = answer(line("t", 9, 0));
    server.page(PATH, answer);

    assertThat(new JsonObject(execute("reliability --json").out())).isEqualTo(answer);
  }

  @Test
  void reliability_nothingCounted_saysSo() {
    server.page(PATH, answer());

    Executed executed = execute("reliability --topic site/# --hop node-node --window start");

    assertThat(executed.exitCode()).as(executed.err()).isZero();
    assertThat(executed.out()).contains("no topic is counted yet, or none matches");
  }

  @Test
  void reliability_answerOfSomethingElse_exitCode1() {
    server.page(PATH, new JsonObject().put("hello", "world"));

    Executed executed = execute("reliability");

    assertThat(executed.exitCode()).isEqualTo(1);
    assertThat(executed.err()).contains("is there an imagebus node");
  }
}
