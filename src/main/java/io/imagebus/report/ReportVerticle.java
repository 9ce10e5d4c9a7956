package io.imagebus.report;

import io.imagebus.base.Clock;
import io.imagebus.bus.AccountFeed;
import io.imagebus.bus.ClusterQuery;
import io.imagebus.bus.LocalBus;
import io.imagebus.bus.Membership;
import io.imagebus.bus.VariantFeed;
import io.imagebus.frame.Topic;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Keeps this node's account and answers for the whole cluster: each question is put to every node,
 * and who does not answer within a second is named as missing. One instance a node.
 */
public final class ReportVerticle extends VerticleBase {

  /** What can be asked without details. */
  public enum Question {
    /** The topics of the cluster. */
    TOPICS,
    /** The nodes and their links. */
    CLUSTER,
    /** This node's metrics, as a JSON object with the field {@code text}. */
    METRICS
  }

  private static final String ADDRESS = "imagebus.local.report";
  private static final String RELIABILITY_ADDRESS = "imagebus.local.report.reliability";
  private static final JsonObject NO_DETAILS = new JsonObject();
  private static final JsonObject EMPTY =
      new JsonObject()
          .put("lines", new JsonArray())
          .put("topics", new JsonArray())
          .put("alarms", new JsonArray());
  private static final int BAD_REQUEST = 400;

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
    AccountFeed.listen(
        vertx, account -> book.take(account, clock.nanoTime()).forEach(metrics::retire));
    VariantFeed.listen(vertx, metrics.compression()::take);
    ClusterQuery.answer(
        vertx,
        membership.self(),
        "account",
        filter -> Future.succeededFuture(account(LineFilter.of(filter))));
    ClusterQuery.answer(
        vertx,
        membership.self(),
        "topics",
        any -> Future.succeededFuture(new JsonObject().put("topics", topics(every -> true))));
    LocalBus local = new LocalBus(vertx);
    local.answer(ADDRESS, this::answer);
    local.answer(RELIABILITY_ADDRESS, this::reliability);
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

  /**
   * Asks for the account of the cluster.
   *
   * @return fails with the code 400 and a sentence if the filter names no node of the cluster
   */
  static Future<JsonObject> askReliability(LocalBus bus, LineFilter filter) {
    return bus.request(RELIABILITY_ADDRESS, filter);
  }

  private Future<JsonObject> answer(Question question) {
    return switch (question) {
      case TOPICS -> gather("topics", NO_DETAILS).map(ClusterReport::topics);
      case CLUSTER -> gather("bus", NO_DETAILS).map(ClusterReport::cluster);
      case METRICS -> Future.succeededFuture(new JsonObject().put("text", metrics.scrape(book)));
    };
  }

  private Future<JsonObject> reliability(LineFilter filter) {
    List<String> members = List.copyOf(membership.members());
    Optional<String> stranger = filter.node().filter(node -> !members.contains(node));
    if (stranger.isPresent()) {
      return LocalBus.refuse(
          BAD_REQUEST,
          "node=%s is not in the cluster; write one of %s"
              .formatted(stranger.get(), String.join(", ", members)));
    }
    return Future.all(
            gather("account", filter.toJson()),
            ClusterQuery.ask(vertx, membership, "sent", NO_DETAILS).map(SenderSide::new))
        .map(
            both ->
                both.<ClusterReport>resultAt(0).reliability(both.resultAt(1), clock.epochMicros()));
  }

  private Future<ClusterReport> gather(String question, JsonObject details) {
    List<String> members = List.copyOf(membership.members());
    return ClusterQuery.ask(vertx, membership, question, details)
        .map(answers -> new ClusterReport(membership.self(), members, answers));
  }

  private JsonObject account(LineFilter filter) {
    if (filter.node().filter(node -> !node.equals(membership.self())).isPresent()) {
      return EMPTY;
    }
    LineJson json = new LineJson(filter, clock.nanoTime(), clock.epochMicros());
    JsonArray lines = new JsonArray();
    Set<String> told = new HashSet<>();
    book.forEach(
        (line, kept) -> {
          if (filter.wants(line)) {
            lines.add(json.encode(line, kept));
            told.add(line.topic().name());
          }
        });
    JsonArray alarms = new JsonArray();
    book.alarms().stream().filter(filter::wants).map(LineJson::alarm).forEach(alarms::add);
    return new JsonObject()
        .put("lines", lines)
        .put(
            "topics",
            topics(
                name -> filter.hop().isEmpty() ? filter.wants(name) : told.contains(name.name())))
        .put("alarms", alarms);
  }

  private JsonArray topics(Predicate<Topic> wanted) {
    JsonArray topics = new JsonArray();
    book.topics()
        .forEach(
            (name, facts) -> {
              if (wanted.test(new Topic(name))) {
                topics.add(facts);
              }
            });
    return topics;
  }
}
