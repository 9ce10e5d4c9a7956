package io.imagebus.fault;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What nodes sent to others that had just stopped to want it: a line is closed when the last
 * display leaves, and the sender hears of that later. The receiver counts no such numbers, so each
 * is noted while the line is closed, for when it is wanted again. One thread.
 */
final class UnwantedNumbers {

  /** Of one line, since its sender began. */
  record Amount(long sent, long skipped) {

    private static final Amount NONE = new Amount(0, 0);

    long numbers() {
      return sent + skipped;
    }
  }

  private record Line(String topic, String node, String peer) {

    static Line of(JsonObject line) {
      return new Line(line.getString("topic"), line.getString("node"), line.getString("peer"));
    }
  }

  private final Map<Line, Amount> amounts = new HashMap<>();

  /** Takes what the two sides of a closed line do not agree on, at rest. */
  void note(JsonObject closed) {
    long settled = closed.getLong("received") + closed.getLong("corrupt") + closed.getLong("lost");
    amounts.put(
        Line.of(closed),
        new Amount(
            closed.getLong("sent") - settled,
            closed.getLong("senderSkipped", 0L) - closed.getLong("skipped")));
  }

  /** What to take off from the sender's side. */
  Amount of(JsonObject line) {
    return amounts.getOrDefault(Line.of(line), Amount.NONE);
  }

  /** All of them together. */
  long numbers() {
    return amounts.values().stream().mapToLong(Amount::numbers).sum();
  }
}
