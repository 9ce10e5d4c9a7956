package io.imagebus.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What one row promises and what was measured. One thread. */
final class Promises {

  /** Where the rows leave their results. */
  static final Path DIRECTORY = Path.of("target", "fault");

  private static final int SHOWN_LINES = 3;

  private final String row;
  private final String fault;
  private final long seed;
  private final long startedNanos = System.nanoTime();
  private final List<JsonObject> promises = new ArrayList<>();

  Promises(String row, String fault, long seed) {
    this.row = row;
    this.fault = fault;
    this.seed = seed;
  }

  /** Writes down one figure; a promise that was broken fails the row at its end. */
  void measured(String promise, String figure, boolean kept) {
    System.out.printf("%s: %s: %s%s%n", row, promise, figure, kept ? "" : "   <-- BROKEN");
    promises.add(
        new JsonObject().put("promise", promise).put("measured", figure).put("pass", kept));
  }

  /** A time that must not exceed a bound. */
  void atMost(String promise, long nanos, double seconds) {
    measured(
        "%s ≤ %s s".formatted(promise, plain(seconds)),
        "%.1f s".formatted(nanos / 1e9),
        nanos <= seconds * 1e9);
  }

  /** A number of bytes that must not exceed a bound. */
  void atMostMebibytes(String promise, long bytes, long mebibytes) {
    measured(
        "%s ≤ %d MiB".formatted(promise, mebibytes),
        "%.1f MiB".formatted(bytes / 1048576.0),
        bytes <= mebibytes << 20);
  }

  /** A count that must be exactly this. */
  void exactly(String promise, long wanted, long count) {
    measured("%s %d".formatted(promise, wanted), Long.toString(count), count == wanted);
  }

  /** Lines that must not have come; the first of them stand beside the number. */
  void noLines(String promise, List<String> lines) {
    String shown =
        lines.stream().limit(SHOWN_LINES).map(line -> "\n" + line).collect(Collectors.joining());
    measured(promise + " 0", lines.size() + shown, lines.isEmpty());
  }

  /** A count that must not be 0. */
  void some(String promise, long count) {
    measured(promise + " > 0", Long.toString(count), count > 0);
  }

  private static String plain(double seconds) {
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }

  /** Whether one was broken so far. */
  boolean areBroken() {
    return promises.stream().anyMatch(promise -> !promise.getBoolean("pass"));
  }

  /** Leaves the result in a file, and fails if a promise was broken. */
  void close(boolean completed) throws IOException {
    List<String> broken =
        promises.stream()
            .filter(promise -> !promise.getBoolean("pass"))
            .map(p -> p.getString("promise") + ": " + p.getString("measured"))
            .toList();
    JsonObject result =
        new JsonObject()
            .put("row", row)
            .put("fault", fault)
            .put("seed", seed)
            .put("seconds", (System.nanoTime() - startedNanos) / 1_000_000_000L)
            .put("pass", completed && broken.isEmpty())
            .put("promises", new JsonArray(new ArrayList<Object>(promises)));
    Files.createDirectories(DIRECTORY);
    Files.writeString(DIRECTORY.resolve(row + ".json"), result.encodePrettily());
    if (completed) {
      assertThat(broken).as("broken promises of %s, seed %s", row, seed).isEmpty();
    }
  }
}
