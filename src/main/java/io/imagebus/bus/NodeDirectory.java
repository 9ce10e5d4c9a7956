package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one node says of itself: the streams that it numbers, what it wants to hear, and the work on
 * its variants that it has lent to others. Each change is a delta with the next version; whoever
 * misses one asks for the whole. Owned by one event loop.
 */
final class NodeDirectory {

  private final Map<StreamId, StreamInfo> streams = new HashMap<>();
  private final Set<Interest> interests = new HashSet<>();
  private final Map<StreamId, String> lent = new HashMap<>();
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

  /** Notes that another node makes the variants of a stream. */
  JsonObject lend(StreamId id, String node) {
    lent.put(id, node);
    return delta().put("lend", encodeLent(id, node));
  }

  /** Notes that this node makes them again. */
  JsonObject takeBack(StreamId id) {
    lent.remove(id);
    return delta().put("takeBack", id.toString());
  }

  private static JsonObject encodeLent(StreamId id, String node) {
    return new JsonObject().put("stream", id.toString()).put("to", node);
  }

  private void decodeLent(JsonObject json) {
    lent.put(StreamId.parse(json.getString("stream")), json.getString("to"));
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
    JsonArray allLent = new JsonArray();
    lent.forEach((id, node) -> allLent.add(encodeLent(id, node)));
    return head().put("streams", allStreams).put("interests", allInterests).put("lent", allLent);
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
    for (Object each : snapshot.getJsonArray("lent", new JsonArray())) {
      directory.decodeLent((JsonObject) each);
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
    } else if (delta.containsKey("lend")) {
      decodeLent(delta.getJsonObject("lend"));
    } else if (delta.containsKey("takeBack")) {
      lent.remove(StreamId.parse(delta.getString("takeBack")));
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

  /** The streams of which another node makes the variants, and which does. */
  Map<StreamId, String> lent() {
    return lent;
  }

  /** The streams of which a node has been lent the work. */
  Map<StreamId, StreamInfo> lentTo(String node) {
    Map<StreamId, StreamInfo> theirs = new HashMap<>();
    lent.forEach(
        (id, to) -> {
          StreamInfo source = streams.get(id);
          if (to.equals(node) && source != null) {
            theirs.put(id, source);
          }
        });
    return theirs;
  }

  Set<Interest> interests() {
    return interests;
  }
}
