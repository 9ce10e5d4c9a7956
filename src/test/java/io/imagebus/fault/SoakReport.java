package io.imagebus.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a soak saw, printed while it goes on and written down at its end. One thread. */
final class SoakReport {

  private static final double MOST_SLOPE = 1;
  private static final int MOST_LINES = 30;

  /** Who goes on for this long must have measured how memory grows. */
  private static final Duration LONG = Duration.ofMinutes(20);

  private static final List<Pattern> ALLOWED =
      Stream.concat(
              Stream.of(Allowed.CONNECTION_LOST),
              Stream.of(Allowed.STOOD_STILL, Allowed.GIVEN_UP, Allowed.LOSSES))
          .map(Pattern::compile)
          .toList();

  private final SoakSettings settings;
  private final long startNanos = System.nanoTime();
  private final JsonArray steps = new JsonArray();
  private final List<String> failures = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();
  private SoakTable table = new SoakTable(List.of());
  private long shown;
  private long wrong;

  SoakReport(SoakSettings settings) {
    this.settings = settings;
    say("soak: %s; repeat with -Dsoak.seed=%d".formatted(settings, settings.seed()));
  }

  private long seconds() {
    return (System.nanoTime() - startNanos) / 1_000_000_000L;
  }

  private void say(String text) {
    System.out.printf("%5d s  %s%n", seconds(), text);
  }

  /** Something breaks. */
  void begins(int number, SoakSchedule.Step step) {
    say("%d %s: %s".formatted(number, step.row(), step.what()));
    steps.add(
        new JsonObject().put("at", seconds()).put("row", step.row()).put("what", step.what()));
  }

  /** It was mended, and every account equals the ledgers. */
  void held(int number, String row, double freshSeconds) {
    say(
        "%d %s: new pictures everywhere %.1f s after it, accounts equal"
            .formatted(number, row, freshSeconds));
  }

  /** It was mended, and something is not as it should be. */
  void failed(int number, String row, Throwable failure) {
    String what = String.valueOf(failure.getMessage());
    // The ledgers that follow are in a file.
    String brief =
        what.lines()
            .takeWhile(line -> !line.equals("{"))
            .limit(MOST_LINES)
            .collect(Collectors.joining("\n"));
    failures.add("%d %s: %s".formatted(number, row, brief));
    say("%d %s: FAILED: %s".formatted(number, row, brief));
  }

  /** Log lines of WARN or worse since the last of them. */
  void complaints(List<String> lines) {
    lines.stream()
        .filter(line -> ALLOWED.stream().noneMatch(each -> each.matcher(line).find()))
        .forEach(
            line -> {
              unexpected.add(line);
              say("unexpected: " + line);
            });
  }

  /** Where ledgers and accounts stand at rest. */
  void compare(SoakTable now) {
    table = now;
  }

  /** Displays that are taken away. */
  void retired(List<LedgerDisplay> displays) {
    shown += displays.stream().mapToLong(display -> display.shown().size()).sum();
    wrong += displays.stream().mapToLong(display -> display.wrong().size()).sum();
  }

  /** Prints and writes everything; fails if anything was not as promised. */
  void conclude(Load load, MemoryTrend memory) throws IOException {
    List<String> broken = new ArrayList<>(failures);
    unexpected.forEach(line -> broken.add("unexpected in a log: " + line));
    retired(load.displays());
    if (wrong > 0) {
      broken.add(wrong + " wrong pictures shown");
    }
    List<MemoryTrend.Life> measured =
        memory.lives().stream().filter(life -> life.residentSlope().isPresent()).toList();
    measured.stream()
        .filter(life -> isTooSteep(life.residentSlope()))
        .forEach(life -> broken.add("memory grows: " + life));
    if (measured.isEmpty() && settings.time().compareTo(LONG) >= 0) {
      broken.add("no process lived for long enough to measure its memory");
    }
    System.out.println(table);
    memory.lives().forEach(System.out::println);
    say("pictures shown: " + shown + ", wrong: " + wrong);
    say("unexpected in logs: " + unexpected.size() + ", checks failed: " + failures.size());
    say(broken.isEmpty() ? "verdict: all held" : "verdict: BROKEN");
    write(
        new JsonObject()
            .put("seed", settings.seed())
            .put("seconds", seconds())
            .put("streams", settings.streams())
            .put("displays", settings.displays())
            .put("pictureBytes", settings.pictureBytes())
            .put("steps", steps)
            .put("ledgers", table.toJson())
            .put("memory", memory.toJson())
            .put("shown", shown)
            .put("wrong", wrong)
            .put("broken", new JsonArray(broken))
            .put("pass", broken.isEmpty()));
    assertThat(broken).as("soak with seed %s", settings.seed()).isEmpty();
  }

  private static boolean isTooSteep(OptionalDouble slope) {
    return slope.isPresent() && slope.getAsDouble() >= MOST_SLOPE;
  }

  private static void write(JsonObject result) throws IOException {
    Files.createDirectories(Promises.DIRECTORY);
    Files.writeString(Promises.DIRECTORY.resolve("soak.json"), result.encodePrettily());
  }
}
