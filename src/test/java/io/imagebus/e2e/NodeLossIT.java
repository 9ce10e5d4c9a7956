package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.OutputLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node of three goes, with and without a word: who notices, and what the others keep. */
class NodeLossIT {

  private static final String TOPIC = "site/gate";
  private static final long EVERY_MILLIS = 40;
  private static final long FOREVER = Long.MAX_VALUE;

  private TestCluster cluster;
  private List<NodeProcess> nodes;
  private Footage footage;
  private Clients clients;

  @BeforeEach
  void start() throws Exception {
    footage = new Footage(0);
    clients = new Clients();
    cluster = new TestCluster();
    nodes = cluster.start(3);
  }

  @AfterEach
  void stop() {
    clients.close();
    cluster.close();
  }

  private static ConditionFactory within(int seconds) {
    return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(20));
  }

  /**
   * What survivors and Hazelcast say when a connection breaks off; also Vert.x's event bus, which
   * fails a message twice when its connection closes while it is being written.
   */
  private void allowBrokenConnections() {
    cluster.allow(
        "IllegalStateException: Promise already completed[^#]*OutboundConnection.writeMessage",
        OutputLines.HAZELCAST);
  }

  /** All servers, the given one first. */
  private List<ServerUrl> serversFrom(int node) {
    List<ServerUrl> servers = new ArrayList<>(TestCluster.servers(nodes));
    Collections.rotate(servers, -node);
    return servers;
  }

  private Camera camera(int node) {
    return new Camera(clients, footage, TOPIC, serversFrom(node));
  }

  private Screen screen(int node) {
    return new Screen(clients, TOPIC, serversFrom(node));
  }

  @Test
  void killedSubscriberNode_itsDisplayMoves_othersLoseNothing() throws Exception {
    allowBrokenConnections();
    Screen elsewhere = screen(1);
    Screen bereft = screen(2);
    Camera camera = camera(0);
    camera.film(FOREVER, EVERY_MILLIS, List.of(elsewhere));
    within(10).until(() -> bereft.newest(TOPIC) >= 10 && elsewhere.newest(TOPIC) >= 10);
    long firstElsewhere = elsewhere.shown(TOPIC).get(0).number();

    nodes.get(2).program().kill();
    long shownBefore = bereft.newest(TOPIC);
    within(5).until(() -> bereft.newest(TOPIC) > shownBefore);
    assertThat(bereft.welcomes).hasSizeGreaterThan(1);
    within(10).until(() -> elsewhere.newest(TOPIC) > shownBefore + 20);

    assertThat(camera.streams).hasSize(1);
    elsewhere.assertShown(
        camera.newestStream(), footage, firstElsewhere, elsewhere.newest(TOPIC) + 1);
    var chunks = elsewhere.status(TOPIC).orElseThrow().chunks();
    assertThat(chunks.lost()).isZero();
    assertThat(chunks.holdsIdentity()).isTrue();
    assertThat(elsewhere.skippedFrames(TOPIC)).isZero();
    assertThat(bereft.status(TOPIC).orElseThrow().chunks().lost()).isZero();
    assertThat(bereft.status(TOPIC).orElseThrow().brokenFrames()).isZero();
  }

  @Test
  void killedIngestNode_displaysAreTold_publisherGoesOnElsewhere_nodeComesBack() throws Exception {
    allowBrokenConnections();
    String posted = "posted/gate";
    Screen screen = screen(1);
    Screen orphan = new Screen(clients, posted, serversFrom(2));
    Camera camera = camera(0);
    camera.film(FOREVER, EVERY_MILLIS);
    nodes.get(0).post(posted, footage.picture(7));
    within(10).until(() -> screen.newest(TOPIC) >= 10 && orphan.newest(posted) == 7);

    int port = nodes.get(0).server().port();
    nodes.get(0).program().kill();
    within(5).until(() -> orphan.state(posted).equals("ended: node-lost"));
    within(5).until(() -> camera.streams.size() == 2);
    within(5).until(() -> screen.newestOf(camera.newestStream()) > 0);
    var chunks = screen.status(TOPIC).orElseThrow().chunks();
    assertThat(chunks.lost()).isZero();
    assertThat(chunks.epochs()).isEqualTo(2);
    assertThat(screen.status(TOPIC).orElseThrow().brokenFrames()).isZero();

    nodes.get(1).post(posted, footage.picture(8));
    within(5).until(() -> orphan.newest(posted) == 8);
    NodeProcess back = cluster.launch(port).awaitReady();
    TestCluster.awaitLinked(List.of(back, nodes.get(1), nodes.get(2)));
    assertThat(back.server()).isEqualTo(nodes.get(0).server());
    var snapshot = back.get("/api/v1/topics/" + posted + "/snapshot.jpg");
    assertThat(snapshot.statusCode()).isEqualTo(200);
    assertThat(snapshot.body()).isEqualTo(footage.picture(8));
  }

  @Test
  void terminatedNode_endsItsStreamsAndSendsItsClientsElsewhere() throws Exception {
    allowBrokenConnections();
    cluster.allow("MessageConsumerImpl - Discarding message since the consumer is not registered");
    Screen staying = screen(1);
    Screen moving = screen(0);
    Camera camera = camera(0);
    camera.film(FOREVER, EVERY_MILLIS);
    within(10).until(() -> staying.newest(TOPIC) >= 10 && moving.newest(TOPIC) >= 10);

    nodes.get(0).program().signal("TERM");
    // 128 and the number of SIGTERM, which is how a JVM that was told to end ends.
    assertThat(nodes.get(0).program().awaitExit(Duration.ofSeconds(5))).isEqualTo(143);
    within(5).until(() -> camera.streams.size() == 2);
    within(5).until(() -> staying.newestOf(camera.newestStream()) > 0);
    within(5).until(() -> moving.newestOf(camera.newestStream()) > 0);
    for (Screen screen : List.of(staying, moving)) {
      assertThat(screen.status(TOPIC).orElseThrow().chunks().lost()).isZero();
      assertThat(screen.status(TOPIC).orElseThrow().chunks().unknownTails()).isZero();
    }
    assertThat(camera.counts().holdsIdentity()).isTrue();
    assertThat(camera.failures).isEmpty();
  }
}
