package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one node says of itself: the streams that it numbers and what it wants to hear. Each change
 * is a delta with the next version; whoever misses one asks for the whole. Owned by one event loop.
 */
final class NodeDirectory {

  private final Map<StreamId, StreamInfo> streams = new HashMap<>();
  private final Set<Interest> interests = new HashSet<>();
  private final long epoch;
  private long version;

  /**
   * An empty directory.
   *
   * @param epoch a random number of the node's process, so that versions never mix
   */
  NodeDirectory(long epoch) {
    this.epoch = epoch;
  }

  /** Notes a stream and returns the delta. */
  JsonObject add(StreamInfo info) {
    streams.put(info.id(), info);
    return delta().put("addStream", EventJson.encode(info));
  }

  JsonObject remove(StreamId id) {
    streams.remove(id);
    return delta().put("removeStream", id.toString());
  }

  JsonObject add(Interest interest) {
    interests.add(interest);
    return delta().put("addInterest", interest.toJson());
  }

  JsonObject remove(Interest interest) {
    interests.remove(interest);
    return delta().put("removeInterest", interest.toJson());
  }

  private JsonObject delta() {
    version++;
    return head();
  }

  /** Epoch and version alone. */
  JsonObject head() {
    return new JsonObject().put("epoch", epoch).put("version", version);
  }

  /** The whole, for whoever is not up to date. */
  JsonObject snapshot() {
    JsonArray allStreams = new JsonArray();
    streams.values().forEach(info -> allStreams.add(EventJson.encode(info)));
    JsonArray allInterests = new JsonArray();
    interests.forEach(interest -> allInterests.add(interest.toJson()));
    return head().put("streams", allStreams).put("interests", allInterests);
  }

  static NodeDirectory fromSnapshot(JsonObject snapshot) {
    NodeDirectory directory = new NodeDirectory(snapshot.getLong("epoch"));
    directory.version = snapshot.getLong("version");
    for (Object info : snapshot.getJsonArray("streams")) {
      StreamInfo stream = EventJson.decodeInfo((JsonObject) info);
      directory.streams.put(stream.id(), stream);
    }
    for (Object interest : snapshot.getJsonArray("interests")) {
      directory.interests.add(Interest.fromJson((JsonObject) interest));
    }
    return directory;
  }

  /** Applies the next delta; false if it is not the next. */
  boolean apply(JsonObject delta) {
    if (delta.getLong("epoch") != epoch || delta.getLong("version") != version + 1) {
      return false;
    }
    version++;
    if (delta.containsKey("addStream")) {
      StreamInfo info = EventJson.decodeInfo(delta.getJsonObject("addStream"));
      streams.put(info.id(), info);
    } else if (delta.containsKey("removeStream")) {
      streams.remove(StreamId.parse(delta.getString("removeStream")));
    } else if (delta.containsKey("addInterest")) {
      interests.add(Interest.fromJson(delta.getJsonObject("addInterest")));
    } else if (delta.containsKey("removeInterest")) {
      interests.remove(Interest.fromJson(delta.getJsonObject("removeInterest")));
    }
    return true;
  }

  /** Whether a delta or head with this epoch and version tells nothing new. */
  boolean isAt(JsonObject head) {
    return head.getLong("epoch") == epoch && head.getLong("version") <= version;
  }

  Map<StreamId, StreamInfo> streams() {
    return streams;
  }

  Set<Interest> interests() {
    return interests;
  }
}
