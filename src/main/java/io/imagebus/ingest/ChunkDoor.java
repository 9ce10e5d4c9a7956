package io.imagebus.ingest;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.door.ControlSocket;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.Moment;
import io.imagebus.sequence.TopicAccount;
import io.imagebus.wire.ChunkReader;
import io.imagebus.wire.ChunkReader.CorruptPayload;
import io.imagebus.wire.ChunkReader.Good;
import io.imagebus.wire.ChunkReader.Unattributable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The publishing half of {@code imagebus.v1} sockets. Owned by one event loop. */
final class ChunkDoor {

  /** Publications of one socket. */
  private static final int MAX_PUBLICATIONS = 1_000;

  private final StreamDesk desk;
  private final Map<Topic, TopicAccount> accounts = new HashMap<>();
  private final Set<Session> sessions = new HashSet<>();

  ChunkDoor(StreamDesk desk) {
    this.desk = desk;
  }

  void attach(ControlSocket socket) {
    Session session = new Session(socket);
    socket
        .on("publish", session::publish)
        .on("skip", session::skip)
        .on("heartbeat", session::heartbeat)
        .on("end", session::end)
        .onBinary(session::onBinary)
        .onClose(session::onClose);
  }

  /** Settles gaps, gives up unfinished frames, tells publishers how far ingest is. */
  void tick(long nowNanos) {
    for (Session session : sessions) {
      session.publications.values().forEach(publication -> publication.tick(nowNanos));
    }
    accounts.values().forEach(account -> account.tick(nowNanos));
  }

  /** Forgets the accounts of topics that nobody has published for so long. */
  void expire(long retentionNanos, long nowNanos) {
    accounts
        .values()
        .removeIf(account -> !account.isOpen() && account.isDead(retentionNanos, nowNanos));
  }

  List<AccountLine> lines(String node, Moment now) {
    List<AccountLine> lines = new ArrayList<>(accounts.size());
    accounts.forEach(
        (topic, account) ->
            lines.add(
                account.line(
                    new TopicAccount.Place(
                        topic, Variant.SOURCE, Hop.PUBLISHER_TO_INGEST, node, "publisher"),
                    now)));
    return lines;
  }

  /** One socket's publications. */
  private final class Session {
    private final ControlSocket socket;
    private final Map<StreamId, ChunkPublication> publications = new HashMap<>();

    /** The last streams of this socket that lost their topic, to know their stragglers. */
    private final Map<StreamId, TopicAccount> replaced = new LinkedHashMap<>();

    private int opening;
    private boolean closed;

    Session(ControlSocket socket) {
      this.socket = socket;
    }

    void publish(JsonObject message) {
      Topic topic = new Topic(text(message, "topic"));
      String type =
          message.containsKey("contentType")
              ? text(message, "contentType")
              : ImageFormat.JPEG.contentType();
      Optional<ImageFormat> format = ImageFormat.fromContentType(type);
      if (format.isEmpty()) {
        throw new IllegalArgumentException(
            "contentType '" + type + "' is not image/jpeg, image/png or image/webp");
      }
      if (publications.size() + opening >= MAX_PUBLICATIONS) {
        throw new IllegalArgumentException(
            "a socket publishes at most " + MAX_PUBLICATIONS + " topics; open another");
      }
      StreamHolder holder = new StreamHolder();
      opening++;
      desk.open(topic, format.get(), () -> onReplaced(holder))
          .onComplete(done -> opening--)
          .onSuccess(stream -> opened(message, stream, holder))
          .onFailure(e -> socket.error(message, "no-stream", String.valueOf(e.getMessage())));
    }

    private void opened(JsonObject message, IngestStream stream, StreamHolder holder) {
      if (closed) {
        desk.end(stream, EndReason.PUBLISHER_GONE);
        return;
      }
      sessions.add(this);
      TopicAccount account =
          accounts.computeIfAbsent(stream.info().topic(), any -> new TopicAccount());
      ChunkPublication publication =
          new ChunkPublication(
              desk, socket, stream, Optional.ofNullable(message.getValue("id")), account);
      holder.publication = publication;
      publications.put(stream.info().id(), publication);
      socket.send(
          new JsonObject()
              .put("type", "published")
              .put("id", message.getValue("id"))
              .put("topic", stream.info().topic().name())
              .put("stream", stream.info().id().toString())
              .put("node", stream.info().node()));
    }

    private void onReplaced(StreamHolder holder) {
      ChunkPublication publication = holder.publication;
      if (publication != null) {
        IngestStream stream = publication.stream();
        publications.remove(stream.info().id());
        publication.end(EndReason.REPLACED);
        remember(stream);
        socket.send(
            publication
                .ended(stream.nextSequence(), EndReason.REPLACED)
                .put(
                    "message",
                    "a newer publisher has taken topic " + stream.info().topic() + " over"));
      }
    }

    private void remember(IngestStream gone) {
      TopicAccount account = accounts.get(gone.info().topic());
      if (account != null) {
        replaced.put(gone.info().id(), account);
      }
      if (replaced.size() > MAX_PUBLICATIONS) {
        replaced.remove(replaced.keySet().iterator().next());
      }
    }

    void onBinary(Buffer message) {
      ChunkReader.Read read = ChunkReader.read(message.getBytes());
      if (read instanceof Good good) {
        publicationOf(good.chunk().header().stream())
            .ifPresent(publication -> publication.onChunk(good.chunk()));
      } else if (read instanceof CorruptPayload corrupt) {
        publicationOf(corrupt.header().stream())
            .ifPresent(publication -> publication.onCorrupt(corrupt.header()));
      } else if (read instanceof Unattributable bad) {
        unattributable(bad.why());
      }
    }

    /** A socket with one publication can only have meant that one. */
    private void unattributable(String why) {
      if (publications.size() == 1) {
        Topic topic = publications.values().iterator().next().stream().info().topic();
        TopicAccount account = accounts.get(topic);
        if (account != null) {
          account.tracker().onUnattributable(desk.clock().nanoTime());
        }
      }
      socket.error("bad-chunk", why);
    }

    private Optional<ChunkPublication> publicationOf(StreamId stream) {
      ChunkPublication publication = publications.get(stream);
      if (publication == null) {
        TopicAccount lost = replaced.get(stream);
        if (lost != null) {
          lost.stale(desk.clock().nanoTime());
        }
        socket.error(
            new JsonObject(),
            "unknown-stream",
            "stream " + stream + " is not published on this socket; send publish first");
      }
      return Optional.ofNullable(publication);
    }

    private Optional<ChunkPublication> publicationOf(JsonObject message) {
      return publicationOf(StreamId.parse(text(message, "stream")));
    }

    void skip(JsonObject message) {
      publicationOf(message)
          .ifPresent(
              p ->
                  p.onSkip(
                      number(message, "from"),
                      number(message, "to"),
                      number(message, "frames"),
                      number(message, "total")));
    }

    void heartbeat(JsonObject message) {
      publicationOf(message)
          .ifPresent(p -> p.onHeartbeat(number(message, "next"), number(message, "total")));
    }

    void end(JsonObject message) {
      publicationOf(message)
          .ifPresent(
              p -> {
                publications.remove(p.stream().info().id());
                p.onEnd(number(message, "next"));
              });
    }

    private static String text(JsonObject message, String field) {
      if (message.getValue(field) instanceof String text) {
        return text;
      }
      throw new IllegalArgumentException(
          message.getValue("type") + " needs the text '" + field + "'");
    }

    private static long number(JsonObject message, String field) {
      if (message.getValue(field) instanceof Number number) {
        return number.longValue();
      }
      throw new IllegalArgumentException(
          message.getValue("type") + " needs the number '" + field + "'");
    }

    void onClose() {
      closed = true;
      sessions.remove(this);
      publications.values().forEach(ChunkPublication::lost);
      publications.clear();
    }
  }

  /** The publication that a takeover is about, once it exists. */
  private static final class StreamHolder {
    @Nullable ChunkPublication publication;
  }
}
