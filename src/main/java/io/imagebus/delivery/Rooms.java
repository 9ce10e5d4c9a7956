package io.imagebus.delivery;

import io.imagebus.base.Clock;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamSubscriber;
import io.imagebus.bus.TopicKey;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.TopicTrie;
import io.imagebus.frame.Variant;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of one event loop, one a topic and variant. A room is there for as long as somebody
 * sits in it, or may; of rooms whose stream has ended at most {@link #MAX_ENDED}, the longest ended
 * goes first. Owned by one event loop.
 */
final class Rooms {

  static final int MAX_ENDED = 1000;

  private final Clock clock;
  private final long staleAfterMillis;
  private final StreamSubscriber subscriber;
  private final Map<TopicKey, StreamRoom> byTopic = new HashMap<>();
  private final Map<StreamId, StreamRoom> byStream = new HashMap<>();
  private final Set<StreamRoom> endedRooms = new LinkedHashSet<>();
  private final Map<Variant, TopicTrie<Guest>> guests = new HashMap<>();
  private boolean closed;

  Rooms(Vertx vertx, Clock clock, long staleAfterMillis) {
    this.clock = clock;
    this.staleAfterMillis = staleAfterMillis;
    this.subscriber = new StreamSubscriber(vertx, this::on);
  }

  /** The topics that match and have a room here. */
  List<String> topics(TopicFilter filter, Variant variant) {
    return matching(filter, variant).stream().map(room -> room.topic().name()).sorted().toList();
  }

  /** The room of a topic in a form, if there is one. */
  @Nullable StreamRoom find(Topic topic, Variant variant) {
    return byTopic.get(new TopicKey(topic, variant));
  }

  /** Shows a guest all rooms that match, now and later. */
  void admit(TopicFilter filter, Variant variant, Guest guest) {
    guests.computeIfAbsent(variant, any -> new TopicTrie<>()).add(filter, guest);
    matching(filter, variant).forEach(guest::enter);
    subscriber.want(filter, variant);
  }

  /** Takes {@link #admit} back; the guest leaves its rooms by itself. */
  void dismiss(TopicFilter filter, Variant variant, Guest guest) {
    TopicTrie<Guest> trie = guests.get(variant);
    if (trie != null && trie.remove(filter, guest)) {
      if (trie.isEmpty()) {
        guests.remove(variant);
      }
      subscriber.unwant(filter, variant);
      matching(filter, variant).forEach(this::closeIfUseless);
    }
  }

  private List<StreamRoom> matching(TopicFilter filter, Variant variant) {
    if (filter.hasWildcard()) {
      return byTopic.values().stream()
          .filter(room -> room.variant().equals(variant) && filter.matches(room.topic()))
          .toList();
    }
    StreamRoom room = find(new Topic(filter.text()), variant);
    return room == null ? List.of() : List.of(room);
  }

  /** Takes a seat out; an empty room to which nobody may come is closed. */
  void leave(StreamRoom room, Seat seat) {
    room.leave(seat);
    closeIfUseless(room);
  }

  /** The stream of a room is told of once: whoever may come later finds the room open. */
  private void closeIfUseless(StreamRoom room) {
    if (room.isEmpty() && guestsOf(room.topic(), room.variant()).isEmpty()) {
      close(room);
    }
  }

  private Set<Guest> guestsOf(Topic topic, Variant variant) {
    TopicTrie<Guest> trie = guests.get(variant);
    return trie == null ? Set.of() : trie.match(topic);
  }

  Collection<StreamRoom> all() {
    return byTopic.values();
  }

  /** Takes what the stages hand over. */
  void on(StreamEvent event) {
    if (closed) {
      return;
    }
    long now = clock.nanoTime();
    if (event instanceof Opened opened) {
      opened(opened, now);
      return;
    }
    StreamRoom room = byStream.get(event.stream());
    if (room == null || room.hasEnded()) {
      return;
    }
    if (event instanceof Arrived arrived) {
      room.arrived(arrived, clock.epochMicros(), now);
    } else if (event instanceof Skipped skipped) {
      room.skipped(skipped, now);
    } else if (event instanceof Beat beat) {
      room.beat(beat, now);
    } else if (event instanceof Ended ended) {
      room.ended(ended);
      endedRooms.add(room);
      closeLongestEnded();
    }
  }

  private void opened(Opened opened, long nowNanos) {
    StreamRoom room = byTopic.get(TopicKey.of(opened.info()));
    if (room == null) {
      create(opened, nowNanos);
    } else if (room.admits(opened.info())) {
      endedRooms.remove(room);
      byStream.remove(room.info().id());
      byStream.put(opened.stream(), room);
      room.opened(opened, nowNanos);
    }
  }

  private void create(Opened opened, long nowNanos) {
    Set<Guest> invited = guestsOf(opened.info().topic(), opened.info().variant());
    if (invited.isEmpty()) {
      return;
    }
    StreamRoom room = new StreamRoom(opened, staleAfterMillis, nowNanos);
    byTopic.put(TopicKey.of(room.info()), room);
    byStream.put(opened.stream(), room);
    invited.forEach(guest -> guest.enter(room));
  }

  private void closeLongestEnded() {
    if (endedRooms.size() > MAX_ENDED) {
      close(endedRooms.iterator().next());
    }
  }

  private void close(StreamRoom room) {
    byTopic.remove(TopicKey.of(room.info()), room);
    byStream.remove(room.info().id(), room);
    endedRooms.remove(room);
    room.close();
  }

  /** Frees everything; the event loop's verticle stops. */
  void closeAll() {
    closed = true;
    List.copyOf(byTopic.values()).forEach(this::close);
  }
}
