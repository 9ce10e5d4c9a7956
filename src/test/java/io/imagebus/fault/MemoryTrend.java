package io.imagebus.fault;

import io.imagebus.testbed.NodeProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The memory of every process over its life: resident all the time, and what it needs when it is at
 * rest. Thread-safe.
 */
final class MemoryTrend {

  /**
   * What comes before is start-up: classes, compiled code, pools that fill. On two cores that also
   * run the load, the compiler needs four minutes.
   */
  static final double WARM_UP_MINUTES = 5;

  /**
   * A line through less says nothing: one buffer of 4 MiB in five minutes would look like growth.
   */
  static final double SHORTEST_MINUTES = 8;

  private static final double MEBIBYTE = 1 << 20;

  private record Sample(double minutes, double mebibytes) {}

  /** One process. */
  static final class Life {
    private final String node;
    private final long pid;
    private final long startNanos = System.nanoTime();
    private final List<Sample> resident = new ArrayList<>();
    private final List<Sample> atRest = new ArrayList<>();

    private Life(String node, long pid) {
      this.node = node;
      this.pid = pid;
    }

    private Sample sample(long bytes) {
      return new Sample((System.nanoTime() - startNanos) / 60e9, bytes / MEBIBYTE);
    }

    /** MiB a minute after the warm-up; empty if it did not live for long enough. */
    OptionalDouble residentSlope() {
      return slope(resident);
    }

    private static OptionalDouble slope(List<Sample> all) {
      List<Sample> warm = all.stream().filter(s -> s.minutes() >= WARM_UP_MINUTES).toList();
      if (warm.size() < 3
          || warm.get(warm.size() - 1).minutes() - warm.get(0).minutes() < SHORTEST_MINUTES) {
        return OptionalDouble.empty();
      }
      double x = warm.stream().mapToDouble(Sample::minutes).average().orElseThrow();
      double y = warm.stream().mapToDouble(Sample::mebibytes).average().orElseThrow();
      double above = warm.stream().mapToDouble(s -> (s.minutes() - x) * (s.mebibytes() - y)).sum();
      double below = warm.stream().mapToDouble(s -> Math.pow(s.minutes() - x, 2)).sum();
      return OptionalDouble.of(above / below);
    }

    @Override
    public String toString() {
      Sample last = resident.get(resident.size() - 1);
      return "%s pid %d: lived %.1f min, resident %.0f to %.0f MiB, slope %s; at rest slope %s"
          .formatted(
              node,
              pid,
              last.minutes(),
              resident.get(0).mebibytes(),
              last.mebibytes(),
              text(slope(resident)),
              text(slope(atRest)));
    }

    private static String text(OptionalDouble slope) {
      return slope.isPresent() ? "%.2f MiB/min".formatted(slope.getAsDouble()) : "not measured";
    }

    private JsonObject toJson() {
      JsonObject json =
          new JsonObject()
              .put("node", node)
              .put("pid", pid)
              .put("residentMebibytes", json(resident))
              .put("atRestMebibytes", json(atRest));
      slope(resident).ifPresent(slope -> json.put("residentSlope", slope));
      slope(atRest).ifPresent(slope -> json.put("atRestSlope", slope));
      return json;
    }

    private static JsonArray json(List<Sample> samples) {
      JsonArray json = new JsonArray();
      samples.forEach(s -> json.add(new JsonArray().add(s.minutes()).add(s.mebibytes())));
      return json;
    }
  }

  private final Map<Long, Life> lives = new LinkedHashMap<>();

  private Life life(NodeProcess node) {
    return lives.computeIfAbsent(node.program().pid(), pid -> new Life(node.url(), pid));
  }

  /** Notes how much is resident now; nothing of a process that is just gone. */
  synchronized void resident(NodeProcess node) {
    if (node.url().isEmpty()) {
      return;
    }
    try {
      long bytes = node.program().residentBytes();
      Life life = life(node);
      life.resident.add(life.sample(bytes));
    } catch (IOException | RuntimeException e) {
      // It has ended between the question and the answer.
    }
  }

  /** Notes what a process at rest needs; collects its garbage. */
  void atRest(NodeProcess node) throws Exception {
    long bytes = Memory.bytes(node);
    synchronized (this) {
      Life life = life(node);
      life.atRest.add(life.sample(bytes));
    }
  }

  /** Every process that was ever seen. */
  synchronized List<Life> lives() {
    return lives.values().stream().filter(life -> !life.resident.isEmpty()).toList();
  }

  synchronized JsonArray toJson() {
    JsonArray json = new JsonArray();
    lives.values().forEach(life -> json.add(life.toJson()));
    return json;
  }
}
