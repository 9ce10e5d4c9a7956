package io.imagebus.testbed;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The newest lines of a program's output, and the first of those that complain. Bounds: {@value
 * #MAX_LINES} and {@value #MAX_COMPLAINTS} lines. Thread-safe.
 */
public final class OutputLines {

  /** A complaint of Hazelcast's: its messages begin with its address, cluster and version. */
  public static final String HAZELCAST = " (WARN |ERROR) .* - \\[\\S+\\]:\\d+ \\[\\S+\\] \\[\\d";

  private static final int MAX_LINES = 2_000;
  private static final int MAX_COMPLAINTS = 2_000;

  /** Lines of a stack trace that stay with their complaint. */
  private static final int MAX_TRACE_LINES = 40;

  /** A log line of WARN or worse, or what a JVM says of an exception that nobody caught. */
  private static final Pattern COMPLAINT =
      Pattern.compile("^\\S+ (WARN|ERROR) .*|^Exception in thread .*|.*OutOfMemoryError.*");

  private static final Pattern LOG_LINE = Pattern.compile("^\\d{4}-\\d{2}-\\d{2}T");

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final List<String> complaints = new ArrayList<>();
  private int traceLines;

  public synchronized void add(String line) {
    if (lines.size() == MAX_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
    if (COMPLAINT.matcher(line).matches() && complaints.size() < MAX_COMPLAINTS) {
      complaints.add(line);
      traceLines = 0;
    } else if (LOG_LINE.matcher(line).find()) {
      traceLines = MAX_TRACE_LINES;
    } else if (!complaints.isEmpty() && traceLines++ < MAX_TRACE_LINES) {
      complaints.set(complaints.size() - 1, complaints.get(complaints.size() - 1) + "\n" + line);
    }
  }

  public synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Forgets the complaints so far that match. */
  public synchronized void forgive(String regularExpression) {
    Pattern forgiven = Pattern.compile(regularExpression);
    complaints.removeIf(line -> forgiven.matcher(line).find());
  }

  public synchronized Optional<String> first(Predicate<String> wanted) {
    return lines.stream().filter(wanted).findFirst();
  }

  /** Waits for a line with this text; fails early when the program has ended. */
  public String awaitLine(String text, Duration atMost, BooleanSupplier alive) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !alive.getAsBoolean() || first(line -> line.contains(text)).isPresent());
    return first(line -> line.contains(text))
        .orElseThrow(() -> new AssertionError("no line with '" + text + "' but:\n" + this));
  }

  @Override
  public synchronized String toString() {
    return String.join("\n", lines);
  }
}
