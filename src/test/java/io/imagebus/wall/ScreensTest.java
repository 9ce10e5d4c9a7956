package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScreensTest {

  private static final WallName LOBBY = new WallName("lobby");
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Screens screens = new Screens();

  private static ScreenReport report(String wall, String screen, String... states) {
    JsonArray tiles = new JsonArray();
    for (String state : states) {
      tiles.add(new JsonObject().put("topic", "a").put("state", state));
    }
    return ScreenReport.of(
        new JsonObject()
            .put("type", "screen")
            .put("wall", wall)
            .put("screen", screen)
            .put("tiles", tiles));
  }

  private JsonObject only(long now) {
    JsonArray all = screens.of(LOBBY, "node", now);
    assertThat(all).hasSize(1);
    return all.getJsonObject(0);
  }

  @Test
  void report_isWhatIsTold_withItsAge() {
    screens.reported("s", report("lobby", "left", "LIVE", "STALE", "LIVE"), 10 * SECOND);
    screens.reported("t", report("yard", "left", "LIVE"), 10 * SECOND);
    JsonObject told = only(12 * SECOND);
    assertThat(told.getLong("reportAgeMillis")).isEqualTo(2_000);
    assertThat(told.getBoolean("connected")).isTrue();
    assertThat(told.getInteger("live")).isEqualTo(2);
    assertThat(told.getInteger("notLive")).isEqualTo(1);
    assertThat(told.getString("node")).isEqualTo("node");
    assertThat(screens.count(LOBBY)).isEqualTo(1);
  }

  @Test
  void screen_whoseConnectionEnded_isToldForAWhile_thenForgotten() {
    screens.reported("s", report("lobby", "left", "LIVE"), 0);
    screens.gone("s");
    assertThat(only(SECOND).getBoolean("connected")).isFalse();
    assertThat(screens.count(LOBBY)).isZero();
    screens.expire(Screens.FORGET_SECONDS * SECOND);
    assertThat(screens.of(LOBBY, "node", 0)).hasSize(1);
    screens.expire(Screens.FORGET_SECONDS * SECOND + 1);
    assertThat(screens.of(LOBBY, "node", 0)).isEmpty();
  }

  @Test
  void screen_thatIsSilent_isForgotten_andComesBackWithItsNextReport() {
    screens.reported("s", report("lobby", "left"), 0);
    screens.expire(61 * SECOND);
    assertThat(screens.of(LOBBY, "node", 0)).isEmpty();
    screens.reported("s", report("lobby", "left"), 62 * SECOND);
    assertThat(only(62 * SECOND).getBoolean("connected")).isTrue();
  }

  @Test
  void screen_thatConnectedAgain_staysConnected_whenTheOldConnectionEnds() {
    screens.reported("old", report("lobby", "left"), 0);
    screens.reported("new", report("lobby", "left"), SECOND);
    screens.gone("old");
    assertThat(only(SECOND).getBoolean("connected")).isTrue();
    screens.gone("new");
    assertThat(only(SECOND).getBoolean("connected")).isFalse();
  }

  @Test
  void screen_thatShowsAnotherWall_isOnTheOldOneNoMore() {
    screens.reported("s", report("yard", "left"), 0);
    screens.reported("s", report("lobby", "left"), SECOND);
    assertThat(only(SECOND).getBoolean("connected")).isTrue();
    assertThat(screens.of(new WallName("yard"), "node", SECOND)).isEmpty();
  }

  @Test
  void tooManyScreens_costTheOneThatWasSilentForLongest() {
    for (int i = 0; i < Screens.MOST; i++) {
      screens.reported("s" + i, report("lobby", "screen-" + i), i);
    }
    screens.reported("s0", report("lobby", "screen-0"), Screens.MOST);
    screens.reported("more", report("lobby", "one-more"), Screens.MOST + 1);
    assertThat(screens.count(LOBBY)).isEqualTo(Screens.MOST);
    screens.gone("s1");
    assertThat(screens.count(LOBBY)).as("screen-1 is forgotten").isEqualTo(Screens.MOST);
    screens.gone("s0");
    assertThat(screens.count(LOBBY)).isEqualTo(Screens.MOST - 1);
    assertThat(screens.of(LOBBY, "node", 0)).hasSize(Screens.MOST_ANSWERED);
  }

  @Test
  void screen_thatMovedToAnotherNode_isToldOnce_asTheNodeSaysThatHasIt() {
    JsonObject left =
        new JsonObject().put("screen", "a").put("connected", false).put("reportAgeMillis", 10);
    JsonObject has =
        new JsonObject().put("screen", "a").put("connected", true).put("reportAgeMillis", 4_000);
    JsonObject other =
        new JsonObject().put("screen", "b").put("connected", true).put("reportAgeMillis", 1);
    assertThat(Screens.newest(List.of(left, other, has)))
        .isEqualTo(new JsonArray().add(has).add(other));
    assertThat(Screens.newest(List.of(has, left))).isEqualTo(new JsonArray().add(has));
  }
}
