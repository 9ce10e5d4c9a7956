package io.imagebus.client;

import io.imagebus.frame.StreamId;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One control message of the server. Fields that are missing or of another kind raise {@link
 * IllegalArgumentException}; unknown ones are passed over.
 */
final class ServerMessage {

  private final JsonObject json;
  private final String type;

  private ServerMessage(JsonObject json, String type) {
    this.json = json;
    this.type = type;
  }

  static ServerMessage parse(String text) {
    try {
      JsonObject json = new JsonObject(text);
      return new ServerMessage(json, text(json, "type"));
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("a control message that is no JSON object", e);
    }
  }

  String type() {
    return type;
  }

  /** Whether the message is about the request with this id. */
  boolean isFor(int id) {
    return json.getValue("id") instanceof Number number && number.intValue() == id;
  }

  /** Whether the message is about one of the requests of a list, or names no requests at all. */
  boolean isForAny(String key, int id) {
    return !(json.getValue(key) instanceof JsonArray ids)
        || ids.stream().anyMatch(one -> one instanceof Number number && number.intValue() == id);
  }

  /** Whether the message names the request or the stream that it is about. */
  boolean isAboutSomething() {
    return json.containsKey("id") || json.containsKey("stream");
  }

  /** The messages that one message holds in a list, or the message itself if there is none. */
  List<ServerMessage> parts(String key) {
    if (!(json.getValue(key) instanceof JsonArray array)) {
      return List.of(this);
    }
    return array.stream()
        .filter(JsonObject.class::isInstance)
        .map(part -> new ServerMessage((JsonObject) part, type))
        .toList();
  }

  boolean has(String key) {
    return json.containsKey(key);
  }

  /** The stream that the message is about, if it is about one. */
  Optional<StreamId> stream() {
    return json.getValue("stream") instanceof String hex
        ? Optional.of(StreamId.parse(hex))
        : Optional.empty();
  }

  boolean isAbout(StreamId stream) {
    return stream().filter(stream::equals).isPresent();
  }

  StreamId streamAt() {
    return StreamId.parse(textAt("stream"));
  }

  long numberAt(String key) {
    if (json.getValue(key) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException(type + " without the number " + key);
  }

  long numberOr(String key, long absent) {
    return json.getValue(key) instanceof Number number ? number.longValue() : absent;
  }

  String textAt(String key) {
    return text(json, key);
  }

  String textOr(String key, String absent) {
    return json.getValue(key) instanceof String text ? text : absent;
  }

  JsonObject objectAt(String key) {
    if (json.getValue(key) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException(type + " without the object " + key);
  }

  /** The texts of a list; empty if there is none. */
  List<String> textsAt(String key) {
    JsonArray array = json.getValue(key) instanceof JsonArray found ? found : new JsonArray();
    return array.stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  private static String text(JsonObject json, String key) {
    if (json.getValue(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a control message without the text " + key);
  }
}
