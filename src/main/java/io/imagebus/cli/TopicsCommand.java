package io.imagebus.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the topics of the cluster. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "List the topics of the whole cluster, as any node knows them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  imagebus topics",
      "  imagebus topics --json --server http://10.0.0.5:8080 | jq -r '.topics[].topic'"
    })
final class TopicsCommand implements Callable<Integer> {

  private static final String ABSENT = "-";
  private static final double MEGA = 1e6;

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private VerboseOption verbose;

  @Option(names = "--json", description = "Print the node's answer as it is, JSON.")
  private boolean asJson;

  @Override
  public Integer call() throws InterruptedException {
    verbose.configureLog();
    EventLoop.run(vertx -> () -> list(vertx));
    return ExitCode.OK;
  }

  private Future<Void> list(Vertx vertx) {
    return new NodeApi(vertx, server.urls())
        .get("/api/v1/topics")
        .map(
            answer -> {
              print(parse(answer));
              return null;
            });
  }

  private static JsonObject parse(NodeApi.Answer answer) {
    try {
      return new JsonObject(answer.body());
    } catch (DecodeException | ClassCastException e) {
      throw new CommandFailedException(
          "the answer is not JSON; is there an imagebus node at the --server URL?", e);
    }
  }

  private void print(JsonObject answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      out.println(answer.encodePrettily());
    } else {
      table(answer).lines().forEach(out::println);
    }
    out.flush();
  }

  private static TextTable table(JsonObject answer) {
    TextTable table =
        new TextTable("TOPIC", "STATE", "NODE", "TYPE", "SIZE", "FPS", "MB/S", "LAST FRAME");
    JsonArray topics = answer.getValue("topics") instanceof JsonArray a ? a : new JsonArray();
    for (Object entry : topics) {
      if (entry instanceof JsonObject topic) {
        table.row(
            text(topic, "topic"),
            text(topic, "state"),
            text(topic, "node"),
            text(topic, "contentType"),
            size(topic),
            decimal(topic, "fps", 1),
            decimal(topic, "bytesPerSecond", MEGA),
            age(topic));
      }
    }
    return table;
  }

  private static String text(JsonObject topic, String key) {
    return topic.getValue(key) == null ? ABSENT : String.valueOf(topic.getValue(key));
  }

  private static String size(JsonObject topic) {
    return topic.getValue("width") == null || topic.getValue("height") == null
        ? ABSENT
        : topic.getValue("width") + "x" + topic.getValue("height");
  }

  private static String decimal(JsonObject topic, String key, double unit) {
    return topic.getValue(key) instanceof Number number
        ? String.format(Locale.ROOT, "%.1f", number.doubleValue() / unit)
        : ABSENT;
  }

  private static String age(JsonObject topic) {
    return topic.getValue("lastFrameAgeMillis") instanceof Number number
        ? String.format(Locale.ROOT, "%.1f s ago", number.doubleValue() / 1_000)
        : ABSENT;
  }
}
