package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.wire.Chunk;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What a strict display believes: every number of a stream is a chunk or was announced as skipped
 * before, totals add up, and a frame that was begun is finished.
 */
final class NumberCheck {

  private static final class Stream {
    long next;
    long total;
    int openChunks;
  }

  private final Map<String, Stream> streams = new HashMap<>();
  private final Map<String, Long> skippedByReason = new HashMap<>();
  private long chunks;
  private long skipped;

  void text(JsonObject message) {
    switch (message.getString("type")) {
      case "stream" -> stream(message);
      case "skip" -> skip(message);
      case "ended" -> ended(message);
      case "heartbeat" ->
          message.getJsonArray("streams").forEach(entry -> beat((JsonObject) entry));
      default -> {}
    }
  }

  private void stream(JsonObject message) {
    Stream known = streams.get(message.getString("stream"));
    if (known == null) {
      known = new Stream();
      known.next = message.getLong("first");
      known.total = message.getLong("total");
      assertThat(known.total).as("total of a new stream").isZero();
      streams.put(message.getString("stream"), known);
    }
    assertThat(message.getLong("first")).as("first of %s", message).isEqualTo(known.next);
    assertThat(message.getLong("total")).as("total of %s", message).isEqualTo(known.total);
  }

  private Stream known(JsonObject message) {
    Stream stream = streams.get(message.getString("stream"));
    assertThat(stream).as("stream of %s", message).isNotNull();
    return stream;
  }

  private void skip(JsonObject message) {
    Stream stream = known(message);
    assertThat(stream.openChunks).as("skip inside a frame: %s", message).isZero();
    assertThat(message.getLong("from")).as("from of %s", message).isEqualTo(stream.next);
    long numbers = message.getLong("to") - message.getLong("from") + 1;
    assertThat(numbers).isPositive();
    assertThat(message.getLong("frames")).isNotNegative();
    stream.next = message.getLong("to") + 1;
    stream.total += numbers;
    assertThat(message.getLong("total")).as("total of %s", message).isEqualTo(stream.total);
    skippedByReason.merge(message.getString("reason"), numbers, Long::sum);
    skipped += numbers;
  }

  private void ended(JsonObject message) {
    Stream stream = known(message);
    assertThat(stream.openChunks).as("end inside a frame: %s", message).isZero();
    assertThat(message.getLong("next")).as("next of %s", message).isEqualTo(stream.next);
  }

  private void beat(JsonObject entry) {
    Stream stream = known(entry);
    assertThat(entry.getLong("next")).as("next of %s", entry).isEqualTo(stream.next);
    assertThat(entry.getLong("total")).as("total of %s", entry).isEqualTo(stream.total);
  }

  void chunk(Chunk chunk) {
    Stream stream = streams.get(chunk.header().stream().toString());
    assertThat(stream).as("stream of %s", chunk.header()).isNotNull();
    assertThat(chunk.header().sequence()).as("%s", chunk.header()).isEqualTo(stream.next);
    stream.next++;
    stream.openChunks = chunk.header().count() - chunk.header().index() - 1;
    chunks++;
  }

  long chunks() {
    return chunks;
  }

  long skipped() {
    return skipped;
  }

  Map<String, Long> skippedByReason() {
    return skippedByReason;
  }

  static NumberCheck of(Iterable<TestDisplay.Heard> heard) {
    NumberCheck check = new NumberCheck();
    for (TestDisplay.Heard each : heard) {
      if (each.text().isPresent()) {
        check.text(each.json());
      } else {
        check.chunk(each.chunk());
      }
    }
    return check;
  }
}
