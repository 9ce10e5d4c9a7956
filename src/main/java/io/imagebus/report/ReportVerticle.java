package io.imagebus.report;

import io.imagebus.base.Clock;
import io.imagebus.bus.AccountFeed;
import io.imagebus.bus.ClusterQuery;
import io.imagebus.bus.LocalBus;
import io.imagebus.bus.Membership;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps this node's account and answers for the whole cluster: each question is put to every node,
 * and who does not answer within a second is named as missing. One instance a node.
 */
public final class ReportVerticle extends VerticleBase {

  /** What can be asked. */
  public enum Question {
    /** The topics of the cluster. */
    TOPICS,
    /** The nodes and their links. */
    CLUSTER,
    /** The account of every topic and hop. */
    RELIABILITY,
    /** This node's metrics, as a JSON object with the field {@code text}. */
    METRICS
  }

  private static final String ADDRESS = "imagebus.local.report";

  private final Membership membership;
  private final Clock clock;
  private final AccountBook book = new AccountBook();
  private final MetricsBook metrics;

  /**
   * The report of one node.
   *
   * @param maxTopics topics with a metrics label of their own
   */
  public ReportVerticle(Membership membership, Clock clock, int maxTopics) {
    this.membership = membership;
    this.clock = clock;
    this.metrics = new MetricsBook(maxTopics);
  }

  @Override
  public Future<?> start() {
    AccountFeed.listen(vertx, account -> book.take(account, clock.nanoTime()));
    ClusterQuery.answer(
        vertx, membership.self(), "account", () -> Future.succeededFuture(account()));
    new LocalBus(vertx).answer(ADDRESS, this::answer);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    metrics.close();
    return Future.succeededFuture();
  }

  /** Asks this node's report. */
  static Future<JsonObject> ask(LocalBus bus, Question question) {
    return bus.request(ADDRESS, question);
  }

  private Future<JsonObject> answer(Question question) {
    return switch (question) {
      case TOPICS -> ClusterQuery.ask(vertx, membership, "account").map(this::topics);
      case RELIABILITY ->
          Future.all(
                  ClusterQuery.ask(vertx, membership, "account"),
                  ClusterQuery.ask(vertx, membership, "sent").map(SenderSide::new))
              .map(both -> reliability(both.resultAt(0), both.resultAt(1)));
      case CLUSTER -> ClusterQuery.ask(vertx, membership, "bus").map(this::cluster);
      case METRICS ->
          Future.succeededFuture(new JsonObject().put("text", metrics.scrape(book.merged())));
    };
  }

  private JsonObject account() {
    long now = clock.nanoTime();
    JsonArray lines = new JsonArray();
    book.forEach((line, windows) -> lines.add(LineJson.encode(line, windows, now)));
    JsonArray topics = new JsonArray();
    book.topics().values().forEach(topics::add);
    return new JsonObject().put("lines", lines).put("topics", topics);
  }

  private JsonObject head(Map<String, JsonObject> answers) {
    JsonArray missing = new JsonArray();
    membership.members().stream().filter(node -> !answers.containsKey(node)).forEach(missing::add);
    return new JsonObject()
        .put("node", membership.self())
        .put("answered", new JsonArray(answers.keySet().stream().sorted().toList()))
        .put("missing", missing);
  }

  private JsonObject topics(Map<String, JsonObject> answers) {
    Map<String, JsonObject> topics = new TreeMap<>();
    for (JsonObject answer : answers.values()) {
      for (Object entry : answer.getJsonArray("topics")) {
        JsonObject topic = (JsonObject) entry;
        if (topic.containsKey("stream")) {
          topics.put(topic.getString("topic"), topic);
        }
      }
    }
    return head(answers).put("topics", new JsonArray(topics.values().stream().toList()));
  }

  private JsonObject reliability(Map<String, JsonObject> answers, SenderSide senders) {
    Map<String, JsonObject> topics = new TreeMap<>();
    answers.forEach(
        (node, answer) -> {
          for (Object entry : answer.getJsonArray("lines")) {
            JsonObject line = (JsonObject) entry;
            hops(topics, line.getString("topic")).add(senders.join(line));
          }
          for (Object entry : answer.getJsonArray("topics")) {
            publishers(topics, (JsonObject) entry, node);
          }
        });
    return head(answers)
        .put("identity", "expected = received + lost + corrupt + skipped + pending")
        .put("topics", new JsonArray(topics.values().stream().toList()));
  }

  private static JsonArray hops(Map<String, JsonObject> topics, String name) {
    return topic(topics, name).getJsonArray("hops");
  }

  private static JsonObject topic(Map<String, JsonObject> topics, String name) {
    return topics.computeIfAbsent(
        name,
        any ->
            new JsonObject()
                .put("topic", name)
                .put("publishers", new JsonArray())
                .put("hops", new JsonArray()));
  }

  private static void publishers(Map<String, JsonObject> topics, JsonObject facts, String node) {
    if (facts.containsKey("streamsOpened")) {
      topic(topics, facts.getString("topic"))
          .getJsonArray("publishers")
          .add(
              new JsonObject()
                  .put("node", node)
                  .put("frames", facts.getValue("frames"))
                  .put("streamsOpened", facts.getValue("streamsOpened"))
                  .put("streamsReplaced", facts.getValue("streamsReplaced"))
                  .put("refused", facts.getValue("refused")));
    }
  }

  private JsonObject cluster(Map<String, JsonObject> answers) {
    return head(answers).put("nodes", new JsonArray(answers.values().stream().toList()));
  }
}
