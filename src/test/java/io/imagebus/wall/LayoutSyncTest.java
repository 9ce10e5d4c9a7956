package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.Membership;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes on one event bus, of which each sees those whom the test lets it see. */
class LayoutSyncTest {

  private static final WallName LOBBY = new WallName("lobby");

  private final List<TestNode> nodes = new ArrayList<>();
  private Vertx vertx;
  private Context context;

  /** What one node keeps, and whom it sees. */
  private final class TestNode implements Membership {
    private final String id;
    private final Set<String> seen = new TreeSet<>();
    private final LayoutBook book;
    private final LayoutSync sync;
    private final List<LayoutRecord> changes = new ArrayList<>();

    TestNode(String id) {
      this.id = id;
      this.book = new LayoutBook(id);
      this.sync =
          new LayoutSync(
              vertx,
              this,
              book,
              records -> {
                records.forEach(record -> changes.addAll(book.merge(record).kept()));
                return Future.succeededFuture(true);
              });
    }

    @Override
    public String self() {
      return id;
    }

    @Override
    public List<String> members() {
      return List.copyOf(seen);
    }

    @Override
    public void onLeft(Consumer<String> listener) {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public boolean isClustered() {
      return true;
    }

    List<LayoutRecord> put(WallName name, String topic) {
      return call(() -> book.edit(name, Optional.of(Layouts.of(topic))).kept());
    }

    String digest() {
      return call(book::digest);
    }

    Optional<Layout> shows(WallName name) {
      return call(() -> book.find(name).flatMap(LayoutRecord::layout));
    }
  }

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    for (String id : List.of("aaaaaaaa-1", "bbbbbbbb-2", "cccccccc-3")) {
      nodes.add(call(() -> new TestNode(id)));
    }
    nodes.forEach(node -> call(() -> started(node)));
    see(nodes);
  }

  private static boolean started(TestNode node) {
    node.sync.start();
    return true;
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private <T> T call(Callable<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        any -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return done.future()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  /** From now on these see each other and nobody else. */
  private void see(List<TestNode> some) {
    for (TestNode node : some) {
      node.seen.clear();
      some.forEach(other -> node.seen.add(other.id));
    }
  }

  /** Lets the nodes compare until they agree. */
  private void awaitAgreement(List<TestNode> some) {
    Awaitility.await()
        .until(
            () -> {
              some.forEach(node -> context.runOnContext(any -> node.sync.tick()));
              return some.stream().map(TestNode::digest).distinct().count() == 1;
            });
  }

  @Test
  void change_isSpreadToAll_andToldWhereItIs() throws Exception {
    List<LayoutRecord> change = nodes.get(0).put(LOBBY, "a");
    Spread spread =
        call(() -> nodes.get(0).sync.spread(change, false))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    assertThat(spread).isEqualTo(new Spread(2, 1, List.of()));
    nodes.forEach(node -> assertThat(node.shows(LOBBY)).contains(Layouts.of("a")));
  }

  @Test
  void change_thatReachedNobody_isFoundByComparing() {
    nodes.get(1).put(LOBBY, "a");
    awaitAgreement(nodes);
    nodes.forEach(node -> assertThat(node.shows(LOBBY)).contains(Layouts.of("a")));
  }

  @Test
  void manyWalls_moreThanOneMessageHolds_areAllExchanged_inBothDirections() {
    for (int i = 0; i < 75; i++) {
      nodes.get(0).put(new WallName("left-" + i), "a");
      nodes.get(2).put(new WallName("right-" + i), "b");
    }
    awaitAgreement(nodes);
    nodes.forEach(node -> assertThat(call(node.book::walls)).isEqualTo(150));
  }

  @Test
  void splitThatHeals_leavesBothHalvesWithTheSame_andNothingLost() {
    nodes.get(0).put(LOBBY, "before");
    awaitAgreement(nodes);
    List<TestNode> left = nodes.subList(0, 2);
    List<TestNode> right = nodes.subList(2, 3);
    see(left);
    see(right);
    LayoutRecord loser = nodes.get(0).put(LOBBY, "left").get(0);
    awaitAgreement(left);
    nodes.get(2).put(new WallName("yard"), "other");
    nodes.get(2).put(LOBBY, "right");
    assertThat(nodes.get(1).shows(LOBBY)).contains(Layouts.of("left"));
    see(nodes);
    awaitAgreement(nodes);
    for (TestNode node : nodes) {
      assertThat(node.shows(LOBBY)).contains(Layouts.of("right"));
      assertThat(node.shows(LOBBY.ofConflict(loser.version()))).contains(Layouts.of("left"));
      assertThat(call(node.book::walls)).isEqualTo(3);
    }
  }

  @Test
  void agreement_changesNothingAnyMore() {
    nodes.get(0).put(LOBBY, "a");
    awaitAgreement(nodes);
    List<Integer> before = nodes.stream().map(node -> call(node.changes::size)).toList();
    awaitAgreement(nodes);
    awaitAgreement(nodes);
    assertThat(nodes.stream().map(node -> call(node.changes::size)).toList()).isEqualTo(before);
  }
}
