package io.imagebus.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.testbed.Clients;
import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Named walls through the nodes of a cluster: what one takes, all know and tell. */
class WallsIT {

  private static TestCluster cluster;
  private static List<NodeProcess> nodes;

  private final List<WallScreen> screens = new ArrayList<>();
  private Clients clients;

  @BeforeAll
  static void startNodes() throws Exception {
    cluster = new TestCluster();
    nodes = cluster.start(3);
  }

  @AfterAll
  static void stopNodes() {
    cluster.close();
  }

  @BeforeEach
  void start() {
    clients = new Clients();
  }

  @AfterEach
  void stop() {
    clients.close();
  }

  private static WallApi api(int node) {
    return new WallApi(nodes.get(node));
  }

  private WallScreen screen(int node) throws Exception {
    WallScreen screen = new WallScreen(clients, nodes.get(node).server());
    screens.add(screen);
    return screen;
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void layout_keptThroughOneNode_isThereThroughEach_atOnce() throws Exception {
    JsonObject layout = WallApi.layout("site/+/gate").put("title", "Hall 2").put("columns", 3);
    HttpResponse<String> made = api(0).send("PUT", "/crud", layout.encode());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    JsonObject kept = new JsonObject(made.body()).getJsonObject("kept");
    assertThat(kept.encode()).isEqualTo("{\"onDisk\":0,\"inMemory\":3,\"missing\":[]}");
    for (int node = 0; node < 3; node++) {
      HttpResponse<String> read = api(node).get("/crud");
      assertThat(read.statusCode()).isEqualTo(200);
      assertThat(tag(read)).isEqualTo(tag(made));
      assertThat(new JsonObject(read.body()).getString("title")).isEqualTo("Hall 2");
      assertThat(api(node).get("/crud", "If-None-Match", tag(made)).statusCode()).isEqualTo(304);
      assertThat(new JsonObject(api(node).get("").body()).getJsonArray("walls").stream())
          .contains(
              new JsonObject()
                  .put("name", "crud")
                  .put("title", "Hall 2")
                  .put("etag", tag(made).replace("\"", ""))
                  .put("columns", 3)
                  .put("tiles", 1));
    }
    // What is read may be sent back as it is.
    String same = api(1).get("/crud").body();
    HttpResponse<String> changed = api(1).send("PUT", "/crud", same, "If-Match", tag(made));
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(tag(changed)).isNotEqualTo(tag(made));
    HttpResponse<String> removed = api(2).send("DELETE", "/crud", "", "If-Match", tag(changed));
    assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
    for (int node = 0; node < 3; node++) {
      assertThat(api(node).get("/crud").statusCode()).isEqualTo(404);
    }
    assertThat(api(0).send("DELETE", "/crud", "").statusCode()).isEqualTo(404);
  }

  @Test
  void changeOfAnOldVersion_isRefused() throws Exception {
    api(0).put("twice", "a");
    String old = tag(api(1).get("/twice"));
    String layout = WallApi.layout("b").encode();
    assertThat(api(1).send("PUT", "/twice", layout).statusCode()).isEqualTo(428);
    assertThat(api(1).send("PUT", "/twice", layout, "If-None-Match", "*").statusCode())
        .isEqualTo(412);
    assertThat(api(1).send("PUT", "/twice", layout, "If-Match", old).statusCode()).isEqualTo(200);
    HttpResponse<String> late = api(2).send("PUT", "/twice", layout, "If-Match", old);
    assertThat(late.statusCode()).isEqualTo(412);
    assertThat(new JsonObject(late.body()).getString("code")).isEqualTo("changed-meanwhile");
    assertThat(api(2).send("DELETE", "/twice", "").statusCode()).isEqualTo(428);
  }

  @Test
  void badRequests_areAnsweredWithTheFieldAndTheRule() throws Exception {
    HttpResponse<String> bad =
        api(0)
            .send(
                "PUT", "/bad", "{\"columns\":2,\"tiles\":[{\"topic\":\"a\"},{\"topic\":\"a//\"}]}");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = new JsonObject(bad.body());
    assertThat(problem.getString("code")).isEqualTo("bad-layout");
    assertThat(problem.getString("field")).isEqualTo("tiles[1].topic");
    assertThat(problem.getString("detail")).contains("empty level");
    assertStatus(400, "bad-layout", api(0).send("PUT", "/bad", "[]"));
    assertStatus(400, "bad-layout", api(0).send("PUT", "/bad", "{"));
    assertStatus(400, "bad-wall-name", api(0).get("/Bad"));
    assertStatus(400, "bad-wall-name", api(0).get("/..%2Fbad"));
    assertStatus(404, "unknown-wall", api(0).get("/bad"));
    assertStatus(404, "unknown-wall", api(0).send("POST", "/bad/show", "{\"topic\":\"a\"}"));
    assertStatus(
        415,
        "unsupported-content-type",
        api(0).send("PUT", "/bad", "{}", "Content-Type", "text/plain"));
    assertStatus(413, "too-many-bytes", api(0).send("PUT", "/bad", " ".repeat(65_537)));
    api(0).put("bad-show", "a");
    assertStatus(400, "bad-show", api(0).send("POST", "/bad-show/show", "{\"topic\":\"a/#\"}"));
    assertStatus(
        400,
        "bad-show",
        api(0).send("POST", "/bad-show/show", "{\"topic\":\"a\",\"seconds\":3601}"));
  }

  private static void assertStatus(int status, String code, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
  }

  @Test
  void addressOfAWall_leadsToItsPage() throws Exception {
    HttpResponse<byte[]> answer = nodes.get(0).get("/wall/hall-2?kiosk=1");
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains("../wall?name=hall-2&kiosk=1");
    assertThat(nodes.get(0).get("/wall/Hall").statusCode()).isEqualTo(400);
  }

  @Test
  void change_isPushedToEveryScreenOfTheWall_throughAnyNode() throws Exception {
    List<WallScreen> watching = List.of(screen(0).watch("push"), screen(1).watch("push"));
    WallScreen other = screen(2).watch("another");
    for (WallScreen each : watching) {
      JsonObject none = each.await_("wall", any -> true);
      assertThat(none.getJsonObject("layout")).isNull();
      assertThat(none.getInteger("reportSeconds")).isPositive();
    }
    String etag = api(2).put("push", "first").getString("etag");
    for (WallScreen each : watching) {
      each.awaitShown("push", "first");
    }
    WallScreen late = screen(2).watch("push");
    assertThat(late.await_("wall", any -> true).getString("etag")).isEqualTo(etag);
    api(1).put("push", "second");
    for (WallScreen each : List.of(watching.get(0), watching.get(1), late)) {
      each.awaitShown("push", "second");
    }
    api(0).send("DELETE", "/push", "", "If-Match", "*");
    late.await_("wall", each -> each.getValue("layout") == null);
    assertThat(late.heard("wall")).hasSize(3);
    assertThat(other.heard("wall")).hasSize(1);

    late.say(new JsonObject().put("type", "unwatch").put("wall", "push"))
        .await_("unwatched", any -> true);
    api(2).put("push", "third");
    watching.get(0).awaitShown("push", "third");
    assertThat(late.heard("wall")).hasSize(3);
  }

  @Test
  void camera_isShownOnEveryScreenOfTheWall() throws Exception {
    api(0).put("show", "a");
    List<WallScreen> shown = new ArrayList<>();
    for (int node = 0; node < 3; node++) {
      WallScreen screen = screen(node).watch("show").report("show", "screen-" + node, "LIVE");
      screen.await_("wall", any -> true);
      shown.add(screen);
    }
    await().until(() -> api(1).screens("show").size() == 3);
    HttpResponse<String> answer =
        api(1).send("POST", "/show/show", "{\"topic\":\"site/gate\",\"seconds\":7}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()))
        .isEqualTo(
            new JsonObject()
                .put("wall", "show")
                .put("topic", "site/gate")
                .put("seconds", 7)
                .put("screens", 3)
                .put("missing", new JsonArray()));
    for (WallScreen each : shown) {
      JsonObject message = each.await_("show", any -> true);
      assertThat(message.getString("topic")).isEqualTo("site/gate");
      assertThat(message.getInteger("seconds")).isEqualTo(7);
    }
  }

  @Test
  void screens_areListedThroughAnyNode_withTheirLastReport() throws Exception {
    WallScreen left = screen(0).report("listed", "left", "LIVE", "STALE", "LIVE");
    screen(1).report("listed", "right", "FROZEN");
    screen(1).report("elsewhere", "other", "LIVE");
    for (int node = 0; node < 3; node++) {
      WallApi api = api(node);
      await().until(() -> api.screens("listed").size() == 2);
      JsonObject first = api.screens("listed").getJsonObject(0);
      assertThat(first.getString("screen")).isEqualTo("left");
      assertThat(first.getString("node")).isEqualTo(nodes.get(0).id());
      assertThat(first.getBoolean("connected")).isTrue();
      assertThat(first.getInteger("live")).isEqualTo(2);
      assertThat(first.getInteger("notLive")).isEqualTo(1);
      assertThat(first.getJsonArray("tiles").getJsonObject(1).getString("state"))
          .isEqualTo("STALE");
    }
    left.close();
    await().until(() -> !api(2).screens("listed").getJsonObject(0).getBoolean("connected"));
    screen(2).report("listed", "left", "LIVE");
    await().until(() -> api(1).screens("listed").getJsonObject(0).getBoolean("connected"));
    assertThat(api(1).screens("listed")).hasSize(2);
  }

  @Test
  void wrongMessages_areAnsweredWithAnError() throws Exception {
    WallScreen screen = screen(0);
    screen.watch("No Such Name").await_("error", any -> true);
    screen.say(new JsonObject().put("type", "screen").put("wall", "a").put("screen", "b"));
    await().until(() -> screen.heard("error").size() == 2);
    screen.report("a", "b", "SPLENDID");
    await().until(() -> screen.heard("error").size() == 3);
    assertThat(screen.heard("error").get(2).getString("message")).startsWith("tiles[0].state is");
    for (int i = 0; i < 17; i++) {
      screen.watch("wall-" + i);
    }
    screen.await_("error", each -> "too-many-walls".equals(each.getString("code")));
  }
}
