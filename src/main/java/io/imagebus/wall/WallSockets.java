package io.imagebus.wall;

import io.imagebus.bus.LocalBus;
import io.imagebus.door.ControlSocket;
import io.imagebus.wall.WallMessage.FindWall;
import io.imagebus.wall.WallMessage.Gone;
import io.imagebus.wall.WallMessage.Reported;
import io.imagebus.wall.WallMessage.Walls;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the connections of one event loop about the walls that they watch. Owned by that event
 * loop.
 */
final class WallSockets {

  /** Walls that one connection watches. */
  static final int MOST_WATCHED = 16;

  private final LocalBus bus;
  private final Map<WallName, Set<Watch>> watches = new HashMap<>();

  WallSockets(LocalBus bus) {
    this.bus = bus;
  }

  /** Hears of changes from now on. */
  void start() {
    bus.<LayoutRecord>consume(WallMessage.CHANGES, this::changed);
    bus.<Showing>consume(WallMessage.SHOWINGS, this::show);
  }

  /** Takes a connection in. */
  void attach(ControlSocket socket, String session) {
    Conversation conversation = new Conversation(socket, session);
    socket
        .on("watch", conversation::watch)
        .on("unwatch", conversation::unwatch)
        .on("screen", conversation::report)
        .onClose(conversation::end);
  }

  private void changed(LayoutRecord record) {
    watchesOf(record.name()).forEach(watch -> watch.tell(record));
  }

  private void show(Showing showing) {
    JsonObject message = showing.toJson().put("type", "show");
    watchesOf(showing.wall()).forEach(watch -> watch.socket.send(message));
  }

  private Set<Watch> watchesOf(WallName name) {
    return Set.copyOf(watches.getOrDefault(name, Set.of()));
  }

  /** One connection that watches one wall. */
  private static final class Watch {

    private final WallName wall;
    private final ControlSocket socket;
    private @Nullable LayoutVersion told;

    Watch(WallName wall, ControlSocket socket) {
      this.wall = wall;
      this.socket = socket;
    }

    /** The answer to a question may come behind news that are newer. */
    void tell(LayoutRecord record) {
      if (told == null || told.compareTo(record.version()) < 0) {
        told = record.version();
        send(record.layout(), record.version().tag());
      }
    }

    void tellThatThereIsNone() {
      if (told == null) {
        send(Optional.empty(), "");
      }
    }

    private void send(Optional<Layout> layout, String tag) {
      socket.send(
          new JsonObject()
              .put("type", "wall")
              .put("wall", wall.text())
              .put("etag", tag)
              .put("layout", layout.map(LayoutJson::write).orElse(null))
              .put("reportSeconds", Screens.REPORT_SECONDS));
    }
  }

  private final class Conversation {

    private final ControlSocket socket;
    private final String session;
    private final Map<WallName, Watch> watched = new HashMap<>();
    private boolean isScreen;

    Conversation(ControlSocket socket, String session) {
      this.socket = socket;
      this.session = session;
    }

    void watch(JsonObject message) {
      WallName name = name(message);
      if (!watched.containsKey(name) && watched.size() >= MOST_WATCHED) {
        socket.error(
            message, "too-many-walls", "a socket watches at most " + MOST_WATCHED + " walls");
        return;
      }
      forget(name);
      Watch watch = new Watch(name, socket);
      watched.put(name, watch);
      watches.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(watch);
      bus.<Walls>request(WallMessage.QUESTIONS, new FindWall(name))
          .onSuccess(
              found -> {
                found.records().forEach(watch::tell);
                watch.tellThatThereIsNone();
              })
          .onFailure(e -> socket.error(message, "no-walls", String.valueOf(e.getMessage())));
    }

    void unwatch(JsonObject message) {
      WallName name = name(message);
      forget(name);
      socket.send(new JsonObject().put("type", "unwatched").put("wall", name.text()));
    }

    void report(JsonObject message) {
      ScreenReport report = ScreenReport.of(message);
      isScreen = true;
      bus.send(WallMessage.QUESTIONS, new Reported(session, report));
    }

    void end() {
      Set.copyOf(watched.keySet()).forEach(this::forget);
      if (isScreen) {
        bus.send(WallMessage.QUESTIONS, new Gone(session));
      }
    }

    private void forget(WallName name) {
      Watch watch = watched.remove(name);
      Set<Watch> others = watches.get(name);
      if (watch != null && others != null && others.remove(watch) && others.isEmpty()) {
        watches.remove(name);
      }
    }

    private static WallName name(JsonObject message) {
      return new WallName(String.valueOf(message.getValue("wall")));
    }
  }
}
