package io.imagebus.client;

import static io.imagebus.client.ClientFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BusClientIT {

  private static final TopicFilter ALL = new TopicFilter("#");
  private static final ServerUrl NOBODY = new ServerUrl("127.0.0.1", 1, false);
  private static final PublicationListener DEAF = new PublicationListener() {};

  private final ClientFixture fixture = new ClientFixture();
  private ServerDouble first;
  private ServerDouble second;

  @BeforeEach
  void start() {
    first = ServerDouble.start(fixture.vertx);
    second = ServerDouble.start(fixture.vertx);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private ConnectionState state(BusClient client) {
    return fixture.loop.call(client::state);
  }

  @Test
  void connect_nobodyListens_failsAndNamesEachServer() {
    BusClient client = fixture.client(NOBODY, new ServerUrl("127.0.0.1", 2, false));

    assertThatThrownBy(() -> fixture.loop.call(client::connect).await())
        .hasMessageContaining("http://127.0.0.1:1: ")
        .hasMessageContaining("http://127.0.0.1:2: ");
    assertThat(state(client)).isEqualTo(ConnectionState.IDLE);
  }

  @Test
  void connect_firstServerAway_takesTheSecond() {
    BusClient client = fixture.connected(NOBODY, second.url());

    assertThat(fixture.loop.call(client::node)).hasValue("double-" + second.url().port());
  }

  @Test
  void connect_noWebSocketThere_failsWithTheStatus() {
    ServerUrl plain =
        new ServerUrl(
            "127.0.0.1",
            fixture
                .vertx
                .createHttpServer()
                .requestHandler(request -> request.response().setStatusCode(503).end())
                .listen(0, "127.0.0.1")
                .await()
                .actualPort(),
            false);
    BusClient client = fixture.client(plain);

    assertThatThrownBy(() -> fixture.loop.call(client::connect).await())
        .hasMessageContaining(plain.toString())
        .hasMessageContaining("503");
  }

  @Test
  void serverGone_welcomeNamedAnother_subscriptionGoesOnThere() {
    first.nameOthers(second.url());
    BusClient client = fixture.connected(first.url());
    fixture.loop.run(() -> client.subscribe(ALL, true, received -> {}));
    soon().until(() -> first.heard("subscribe").size() == 1);
    first.closeAll(1012, "restart");
    first.close();

    soon().until(() -> second.heard("subscribe").size() == 1);
    assertThat(fixture.states)
        .startsWith(
            ConnectionState.CONNECTING,
            ConnectionState.ONLINE,
            ConnectionState.WAITING,
            ConnectionState.CONNECTING);
  }

  @Test
  void drain_streamOpen_endsItWellAndMovesOn() {
    first.nameOthers(second.url());
    BusClient client = fixture.connected(first.url());
    Publication publication =
        fixture.loop.call(() -> client.publish(new Topic("a"), ImageFormat.JPEG, DEAF));
    fixture.loop.run(() -> publication.publish(new byte[10], 1));
    soon().until(() -> first.frames().size() == 1);
    first.toAll(new JsonObject().put("type", "drain").put("nodes", new JsonArray()));
    soon().until(() -> second.clients() == 1);
    fixture.loop.run(() -> publication.publish(new byte[10], 2));

    soon().until(() -> second.frames().size() == 1);
    assertThat(first.heard("end")).hasSize(1);
    assertThat(first.clients()).isZero();
    assertThat(fixture.loop.call(publication::counts).unconfirmed()).isZero();
  }

  @Test
  void closed4409_publicationOnly_doesNotComeBack() {
    BusClient client = fixture.connected(first.url());
    Publication publication =
        fixture.loop.call(() -> client.publish(new Topic("a"), ImageFormat.JPEG, DEAF));
    first.closeAll(4409, "replaced");

    soon().until(() -> state(client) == ConnectionState.CLOSED);
    assertThat(fixture.loop.call(publication::state)).isEqualTo(PublicationState.FAILED);
    assertThat(fixture.states.stream().filter(ConnectionState.CONNECTING::equals)).hasSize(1);
  }

  @Test
  void closed1008_everythingStopsWithTheReason() {
    BusClient client = fixture.connected(first.url());
    Subscription subscription =
        fixture.loop.call(() -> client.subscribe(ALL, true, received -> {}));
    Future<Void> closed = fixture.loop.call(subscription::closed);
    first.closeAll(1008, "not for you");

    assertThatThrownBy(closed::await).hasMessageContaining("not for you");
    assertThat(state(client)).isEqualTo(ConnectionState.CLOSED);
  }

  @Test
  void time_answered_offsetIsKnown() {
    BusClient client = fixture.connected(first.url());

    soon().until(() -> fixture.loop.call(() -> client.clockOffset().isKnown()));
    assertThat(Math.abs(fixture.loop.call(() -> client.clockOffset().micros())))
        .isLessThan(1_000_000);
  }

  @Test
  void control_thatBreaksTheProtocol_isToldAndSurvived() {
    BusClient client = fixture.connected(first.url());
    first.toAll(new JsonObject().put("type", "time").put("t0", "yesterday"));
    first.toAll(new JsonObject().put("type", "invented-later"));
    first.toAll(new JsonObject().put("type", "error").put("code", "x").put("message", "y"));

    soon().until(() -> fixture.errors.size() == 2);
    assertThat(fixture.errors).contains("x: y");
    assertThat(state(client)).isEqualTo(ConnectionState.ONLINE);
  }

  @Test
  void close_online_saysGoodbye() {
    BusClient client = fixture.connected(first.url());
    fixture.loop.call(client::close).await();

    soon().until(() -> first.clients() == 0);
    assertThat(state(client)).isEqualTo(ConnectionState.CLOSED);
  }
}
