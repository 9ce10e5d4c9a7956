package io.imagebus.fault;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every stream of every camera of a test, in the order of opening. Thread-safe. */
final class Ledger {

  private final Map<StreamId, OfferedStream> streams = new LinkedHashMap<>();

  synchronized void opened(OfferedStream stream) {
    streams.put(stream.id(), stream);
  }

  synchronized List<OfferedStream> streams() {
    return List.copyOf(streams.values());
  }

  synchronized Optional<OfferedStream> stream(StreamId id) {
    return Optional.ofNullable(streams.get(id));
  }

  List<OfferedStream> of(String topic) {
    return streams().stream().filter(stream -> stream.topic().equals(topic)).toList();
  }

  JsonArray toJson() {
    JsonArray json = new JsonArray();
    streams().forEach(stream -> json.add(stream.toJson()));
    return json;
  }
}
