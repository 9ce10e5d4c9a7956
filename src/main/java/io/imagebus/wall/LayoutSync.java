package io.imagebus.wall;

import io.imagebus.bus.ClusterQuery;
import io.imagebus.bus.Membership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/*
 * A change is sent to every node at once. That is only the fast way: each second this node also
 * compares with one other, in turn, and if the two do not keep the same, each gets from the other
 * what is newer there. So a node that was away, a split that heals and a message that was lost need
 * no care of their own; n nodes that see each other agree after n seconds or so.
 */
/** Keeps the books of all nodes alike. Owned by the event loop of the {@link WallVerticle}. */
final class LayoutSync {

  /** Records in one message. */
  private static final int BATCH = 32;

  private static final String COMPARE = "walls.compare";
  private static final String READ = "walls.read";
  private static final String MERGE = "walls.merge";

  private final Vertx vertx;
  private final Membership membership;
  private final LayoutBook book;
  private final Function<List<LayoutRecord>, Future<Boolean>> merge;
  private boolean isComparing;
  private int turn;

  /**
   * The exchange of one node with the others.
   *
   * @param merge takes records in; tells whether all of them are on this node's disk
   */
  LayoutSync(
      Vertx vertx,
      Membership membership,
      LayoutBook book,
      Function<List<LayoutRecord>, Future<Boolean>> merge) {
    this.vertx = vertx;
    this.membership = membership;
    this.book = book;
    this.merge = merge;
  }

  /** Answers to the other nodes from now on. */
  void start() {
    String self = membership.self();
    ClusterQuery.answer(vertx, self, COMPARE, this::compare);
    ClusterQuery.answer(
        vertx,
        self,
        READ,
        asked -> Future.succeededFuture(encode(named(asked.getJsonArray("names")))));
    ClusterQuery.answer(
        vertx,
        self,
        MERGE,
        sent -> take(sent).map(onDisk -> new JsonObject().put("onDisk", onDisk)));
  }

  /** Sends records to all other nodes, and waits a little to hear where they are kept. */
  Future<Spread> spread(List<LayoutRecord> records, boolean isOnOwnDisk) {
    List<String> others = others();
    return ClusterQuery.ask(vertx, others, MERGE, encode(records))
        .map(
            answers -> {
              int onDisk =
                  (int) answers.values().stream().filter(each -> each.getBoolean("onDisk")).count();
              return new Spread(
                  onDisk + (isOnOwnDisk ? 1 : 0),
                  answers.size() - onDisk + (isOnOwnDisk ? 0 : 1),
                  others.stream().filter(node -> !answers.containsKey(node)).toList());
            });
  }

  /** Compares with the next node; to be called each second. */
  void tick() {
    List<String> others = others();
    if (isComparing || others.isEmpty()) {
      return;
    }
    isComparing = true;
    turn = (turn + 1) % others.size();
    agreeWith(others.get(turn)).onComplete(done -> isComparing = false);
  }

  private List<String> others() {
    return membership.members().stream()
        .filter(node -> !node.equals(membership.self()))
        .sorted()
        .toList();
  }

  private Future<?> agreeWith(String node) {
    return ask(node, COMPARE, new JsonObject().put("digest", book.digest()))
        .compose(
            answer ->
                answer.containsKey("versions")
                    ? exchange(node, answer.getJsonObject("versions"))
                    : Future.succeededFuture());
  }

  private Future<JsonObject> compare(JsonObject asked) {
    JsonObject answer = new JsonObject();
    if (!book.digest().equals(asked.getString("digest"))) {
      answer.put("versions", writeVersions());
    }
    return Future.succeededFuture(answer);
  }

  private Future<?> exchange(String node, JsonObject told) {
    Map<WallName, LayoutVersion> theirs = readVersions(told);
    List<LayoutRecord> newerHere =
        book.records().stream()
            .filter(record -> !isKnown(record, theirs.get(record.name())))
            .toList();
    List<WallName> newerThere =
        theirs.entrySet().stream()
            .filter(each -> isNewer(each.getValue(), each.getKey()))
            .map(Map.Entry::getKey)
            .toList();
    Future<?> done = Future.succeededFuture();
    for (List<WallName> batch : batches(newerThere)) {
      JsonObject names =
          new JsonObject().put("names", new JsonArray(batch.stream().map(WallName::text).toList()));
      done = done.compose(any -> ask(node, READ, names).compose(this::take));
    }
    for (List<LayoutRecord> batch : batches(newerHere)) {
      JsonObject records = encode(batch);
      done = done.compose(any -> ask(node, MERGE, records));
    }
    return done;
  }

  private static <T> List<List<T>> batches(List<T> all) {
    List<List<T>> batches = new ArrayList<>();
    for (int i = 0; i < all.size(); i += BATCH) {
      batches.add(all.subList(i, Math.min(i + BATCH, all.size())));
    }
    return batches;
  }

  private JsonObject writeVersions() {
    JsonObject versions = new JsonObject();
    book.versions()
        .forEach(
            (name, version) ->
                versions.put(
                    name.text(), new JsonArray().add(version.edit()).add(version.writer())));
    return versions;
  }

  private static Map<WallName, LayoutVersion> readVersions(JsonObject json) {
    Map<WallName, LayoutVersion> versions = new TreeMap<>();
    json.forEach(
        each -> {
          JsonArray version = (JsonArray) each.getValue();
          versions.put(
              new WallName(each.getKey()),
              LayoutVersion.first(version.getLong(0), version.getString(1)));
        });
    return versions;
  }

  private static boolean isKnown(LayoutRecord own, @Nullable LayoutVersion theirs) {
    return theirs != null && theirs.compareTo(own.version()) >= 0;
  }

  private boolean isNewer(LayoutVersion theirs, WallName name) {
    return book.find(name).map(own -> own.version().compareTo(theirs) < 0).orElse(true);
  }

  private Future<JsonObject> ask(String node, String question, JsonObject details) {
    return ClusterQuery.ask(vertx, List.of(node), question, details)
        .compose(
            answers -> {
              JsonObject answer = answers.get(node);
              return answer == null
                  ? Future.failedFuture("node " + node + " does not answer")
                  : Future.succeededFuture(answer);
            });
  }

  private Future<Boolean> take(JsonObject message) {
    List<LayoutRecord> records = new ArrayList<>();
    try {
      for (Object each : message.getJsonArray("records")) {
        records.add(LayoutJson.read((JsonObject) each));
      }
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
    return merge.apply(records);
  }

  private List<LayoutRecord> named(JsonArray names) {
    return names.stream()
        .map(name -> book.find(new WallName((String) name)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static JsonObject encode(Collection<LayoutRecord> records) {
    JsonArray all = new JsonArray();
    records.stream().map(LayoutJson::write).forEach(all::add);
    return new JsonObject().put("records", all);
  }
}
