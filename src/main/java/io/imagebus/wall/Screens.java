package io.imagebus.wall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The screens that are or were lately connected to this node, with the last word of each. Bound:
 * {@link #MOST} screens, the one silent for longest goes first. Owned by one event loop. Not
 * thread-safe.
 */
final class Screens {

  /** How often a screen reports. */
  static final int REPORT_SECONDS = 5;

  /** After so long without a report a screen is forgotten. */
  static final int FORGET_SECONDS = 60;

  static final int MOST = 1_000;

  /** Screens that an answer names. */
  static final int MOST_ANSWERED = 200;

  private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(FORGET_SECONDS);

  private record Key(WallName wall, String screen) {}

  private record Seen(String session, ScreenReport report, long nanos, boolean connected) {}

  /** By the age of the last report, oldest first. */
  private final Map<Key, Seen> screens = new LinkedHashMap<>();

  private final Map<String, Key> bySession = new HashMap<>();

  /** A screen has reported on a connection. */
  void reported(String session, ScreenReport report, long nowNanos) {
    Key before = bySession.remove(session);
    Seen seen = before == null ? null : screens.get(before);
    if (before != null && seen != null && seen.session().equals(session)) {
      screens.remove(before);
    }
    Key key = new Key(report.wall(), report.screen());
    remove(key);
    screens.put(key, new Seen(session, report, nowNanos, true));
    bySession.put(session, key);
    if (screens.size() > MOST) {
      remove(screens.keySet().iterator().next());
    }
  }

  /** A connection has ended; if a screen was on it, it is kept for a while. */
  void gone(String session) {
    Key key = bySession.remove(session);
    Seen seen = key == null ? null : screens.get(key);
    if (key != null && seen != null && seen.session().equals(session)) {
      screens.replace(key, new Seen(session, seen.report(), seen.nanos(), false));
    }
  }

  private void remove(Key key) {
    Seen seen = screens.remove(key);
    if (seen != null) {
      bySession.remove(seen.session(), key);
    }
  }

  /** Forgets whoever has been silent for too long. */
  void expire(long nowNanos) {
    List<Key> silent =
        screens.entrySet().stream()
            .filter(each -> nowNanos - each.getValue().nanos() > FORGET_NANOS)
            .map(Map.Entry::getKey)
            .toList();
    silent.forEach(this::remove);
  }

  /** How many connected screens show a wall. */
  int count(WallName wall) {
    return (int)
        screens.entrySet().stream()
            .filter(each -> each.getKey().wall().equals(wall) && each.getValue().connected())
            .count();
  }

  /** The screens of a wall, those heard last first. */
  JsonArray of(WallName wall, String node, long nowNanos) {
    JsonArray all = new JsonArray();
    screens.entrySet().stream()
        .filter(each -> each.getKey().wall().equals(wall))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparingLong(seen -> nowNanos - seen.nanos()))
        .limit(MOST_ANSWERED)
        .forEach(seen -> all.add(toJson(seen, node, nowNanos)));
    return all;
  }

  private static JsonObject toJson(Seen seen, String node, long nowNanos) {
    return new JsonObject()
        .put("screen", seen.report().screen())
        .put("node", node)
        .put("connected", seen.connected())
        .put("reportAgeMillis", TimeUnit.NANOSECONDS.toMillis(nowNanos - seen.nanos()))
        .put("live", seen.report().live())
        .put("notLive", seen.report().tiles() - seen.report().live())
        .mergeIn(seen.report().body());
  }

  /** Of a screen that several nodes know, the word of the one that heard it last. */
  static JsonArray newest(Iterable<JsonObject> reports) {
    Map<String, JsonObject> byScreen = new LinkedHashMap<>();
    for (JsonObject report : reports) {
      byScreen.merge(report.getString("screen"), report, Screens::fresher);
    }
    JsonArray all = new JsonArray();
    byScreen.values().stream()
        .sorted(Comparator.comparing(report -> report.getString("screen")))
        .forEach(all::add);
    return all;
  }

  private static JsonObject fresher(JsonObject one, @Nullable JsonObject other) {
    if (other == null) {
      return one;
    }
    if (!one.getBoolean("connected").equals(other.getBoolean("connected"))) {
      return one.getBoolean("connected") ? one : other;
    }
    return one.getLong("reportAgeMillis") <= other.getLong("reportAgeMillis") ? one : other;
  }
}
