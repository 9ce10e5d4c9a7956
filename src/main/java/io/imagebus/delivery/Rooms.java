package io.imagebus.delivery;

import io.imagebus.base.Clock;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Beat;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamSubscriber;
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

/**
 * The rooms of one event loop. A room is there for as long as somebody sits in it; of rooms whose
 * stream has ended at most {@link #MAX_ENDED}, the longest ended goes first. Owned by one event
 * loop.
 */
final class Rooms {

  static final int MAX_ENDED = 1000;

  private final Clock clock;
  private final long staleAfterMillis;
  private final StreamSubscriber subscriber;
  private final Map<Topic, StreamRoom> byTopic = new HashMap<>();
  private final Map<StreamId, StreamRoom> byStream = new HashMap<>();
  private final Set<StreamRoom> endedRooms = new LinkedHashSet<>();
  private final TopicTrie<Guest> guests = new TopicTrie<>();
  private boolean closed;

  Rooms(Vertx vertx, Clock clock, long staleAfterMillis) {
    this.clock = clock;
    this.staleAfterMillis = staleAfterMillis;
    this.subscriber = new StreamSubscriber(vertx, this::on);
  }

  /** The topics that match and have a room here. */
  List<String> topics(TopicFilter filter) {
    return matching(filter).stream().map(room -> room.topic().name()).sorted().toList();
  }

  /** Shows a guest all rooms that match, now and later. */
  void admit(TopicFilter filter, Guest guest) {
    guests.add(filter, guest);
    matching(filter).forEach(guest::enter);
    subscriber.want(filter, Variant.SOURCE);
  }

  /** Takes {@link #admit} back; the guest leaves its rooms by itself. */
  void dismiss(TopicFilter filter, Guest guest) {
    if (guests.remove(filter, guest)) {
      subscriber.unwant(filter, Variant.SOURCE);
    }
  }

  private List<StreamRoom> matching(TopicFilter filter) {
    if (filter.hasWildcard()) {
      return byTopic.values().stream().filter(room -> filter.matches(room.topic())).toList();
    }
    StreamRoom room = byTopic.get(new Topic(filter.text()));
    return room == null ? List.of() : List.of(room);
  }

  /** Takes a seat out; an empty room is closed. */
  void leave(StreamRoom room, Seat seat) {
    room.leave(seat);
    if (room.isEmpty()) {
      close(room);
    }
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
    StreamRoom room = byTopic.get(opened.info().topic());
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
    Set<Guest> invited = guests.match(opened.info().topic());
    if (invited.isEmpty()) {
      return;
    }
    StreamRoom room = new StreamRoom(opened, staleAfterMillis, nowNanos);
    byTopic.put(room.topic(), room);
    byStream.put(opened.stream(), room);
    invited.forEach(guest -> guest.enter(room));
  }

  private void closeLongestEnded() {
    if (endedRooms.size() > MAX_ENDED) {
      close(endedRooms.iterator().next());
    }
  }

  private void close(StreamRoom room) {
    byTopic.remove(room.topic(), room);
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
