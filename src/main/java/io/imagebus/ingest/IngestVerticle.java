package io.imagebus.ingest;

import io.imagebus.base.Clock;
import io.imagebus.bus.AccountFeed;
import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.bus.AlarmLog;
import io.imagebus.bus.LocalBus;
import io.imagebus.door.ControlSocket;
import io.imagebus.frame.Topic;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.AlarmBoard;
import io.imagebus.sequence.Moment;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes publishers in: checks, stamps, numbers and cuts their pictures. As many instances as event
 * loops; each serves the connections of its own loop, and the posted pictures of its share of the
 * topics.
 */
public final class IngestVerticle extends VerticleBase {

  private static final long TICK_MILLIS = 100;
  private static final long BEAT_MILLIS = 1_000;

  private final IngestSettings settings;
  private final Clock clock;
  private final String node;
  private final int instance;
  private final int instances;
  private final Supplier<PictureCodec> codecs;
  private final IngestCounters counters = new IngestCounters();
  private final AlarmBoard alarms = new AlarmBoard(new AlarmLog());
  private @Nullable Doors doors;
  private @Nullable LookThread looks;

  private record Doors(
      StreamDesk desk,
      PostedPictures posted,
      HttpPictureDoor pictures,
      HttpStreamDoor streams,
      SocketPictureDoor sockets,
      ChunkDoor chunks) {}

  /**
   * One of the instances of a node.
   *
   * @param node this node's id
   * @param instance 0 to instances − 1
   * @param codecs opens a codec, on the thread that will use it, where pictures are looked into
   */
  public IngestVerticle(
      IngestSettings settings,
      Clock clock,
      String node,
      int instance,
      int instances,
      Supplier<PictureCodec> codecs) {
    this.settings = settings;
    this.clock = clock;
    this.node = node;
    this.instance = instance;
    this.instances = instances;
    this.codecs = codecs;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = new LocalBus(vertx);
    LookThread looking =
        new LookThread(
            task -> context.runOnContext(any -> task.run()), codecs, "imagebus-look-" + instance);
    looks = looking;
    StreamDesk desk = new StreamDesk(vertx, settings, clock, counters, looking);
    PostedPictures posted = new PostedPictures(desk);
    posted.start(bus, PostedPictures.address(node, instance));
    doors =
        new Doors(
            desk,
            posted,
            new HttpPictureDoor(desk, bus, node, this::instanceOf),
            new HttpStreamDoor(desk),
            new SocketPictureDoor(desk),
            new ChunkDoor(desk));
    vertx.setPeriodic(TICK_MILLIS, timer -> doors().chunks.tick(clock.nanoTime()));
    vertx.setPeriodic(BEAT_MILLIS, timer -> everySecond(desk, posted));
    return Future.succeededFuture();
  }

  private int instanceOf(Topic topic) {
    return Math.floorMod(topic.name().hashCode(), instances);
  }

  private void everySecond(StreamDesk desk, PostedPictures posted) {
    desk.beat();
    posted.expire(clock.nanoTime());
    counters.tick();
    long now = clock.nanoTime();
    Moment moment = new Moment(now, clock.epochMicros());
    doors().chunks.expire(settings.retentionNanos(), now);
    List<AccountLine> lines = doors().chunks.lines(node, moment);
    alarms.look(lines, moment);
    AccountFeed.report(
        vertx, new Account("ingest-" + instance, lines, counters.toJson(), alarms.standing()));
  }

  private Doors doors() {
    Doors opened = doors;
    if (opened == null) {
      throw new IllegalStateException("not started");
    }
    return opened;
  }

  /** Adds the publishers' routes. */
  public void mount(Router router) {
    router.postWithRegex(HttpPictureDoor.PATH).handler(doors().pictures::handle);
    router.postWithRegex(HttpStreamDoor.PATH).handler(doors().streams::handle);
  }

  /** Takes whole pictures from a socket. */
  public void attachPictures(ServerWebSocket socket, Topic topic) {
    doors().sockets.attach(socket, topic);
  }

  /** Takes the publishing half of an {@code imagebus.v1} socket. */
  public void attach(ControlSocket socket) {
    doors().chunks.attach(socket);
  }

  /**
   * The node goes down. Publishers that need not be told twice are sent elsewhere: posted pictures
   * are refused, bodies and picture sockets end after what has come. {@code imagebus.v1} publishers
   * end their streams by themselves.
   */
  public void drain() {
    doors().desk.drain();
    doors().posted.drain();
    doors().sockets.drain();
    doors().streams.drain();
  }

  /** Ends the streams that are left. */
  public void endAll() {
    doors().desk.endAll();
  }

  /** Streams of this event loop that have not ended; to be called there. */
  public int openStreams() {
    return doors().desk.openStreams();
  }

  @Override
  public Future<?> stop() {
    if (looks != null) {
      looks.close();
    }
    return Future.succeededFuture();
  }
}
