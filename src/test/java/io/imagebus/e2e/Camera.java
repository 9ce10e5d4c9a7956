package io.imagebus.e2e;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.Publication;
import io.imagebus.client.PublicationCounts;
import io.imagebus.client.PublicationListener;
import io.imagebus.client.ServerUrl;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A publisher that gives numbered footage, one picture a beat, and holds back rather than have the
 * client drop one. May be used from any thread; may be closed, which breaks its connection off.
 */
public final class Camera implements PublicationListener, ConnectionListener, AutoCloseable {

  private static final long AHEAD = 2;

  private final Clients clients;
  private final Footage footage;
  private final BusClient client;
  private final Publication publication;

  /** The streams that the nodes opened for it, in order. */
  final List<StreamId> streams = new CopyOnWriteArrayList<>();

  /** Why the publication failed, if it did. */
  final List<String> failures = new CopyOnWriteArrayList<>();

  private volatile long published;
  private volatile boolean stopped;

  /** A camera that publishes to the first of the servers that answers. */
  public Camera(Clients clients, Footage footage, String topic, List<ServerUrl> servers) {
    this.clients = clients;
    this.footage = footage;
    this.client = clients.connect(servers, this);
    this.publication = clients.call(() -> client.publish(new Topic(topic), ImageFormat.JPEG, this));
  }

  /** Publishes pictures up to this number, exclusively, one every so many milliseconds. */
  public void film(long until, long everyMillis) {
    film(until, everyMillis, List.of());
  }

  /**
   * As {@link #film(long, long)}, but never more than two pictures ahead of any of these displays:
   * then nothing on the way is too slow for the next one, however busy the machine is.
   */
  void film(long until, long everyMillis, List<Screen> audience) {
    clients.run(
        () ->
            clients
                .vertx()
                .setPeriodic(
                    everyMillis,
                    timer -> {
                      if (stopped || published >= until || publication.state().isOver()) {
                        clients.vertx().cancelTimer(timer);
                      } else if (publication.isReady() && isSeenBy(audience)) {
                        shoot();
                      }
                    }));
  }

  /** No more pictures; the stream stays open. To be called on the clients' event loop. */
  void stop() {
    stopped = true;
  }

  private boolean isSeenBy(List<Screen> audience) {
    long wanted = published - AHEAD;
    return streams.isEmpty()
        ? published == 0
        : audience.stream().allMatch(screen -> screen.newestOf(newestStream()) >= wanted);
  }

  /** The stream that the publication goes on with. */
  StreamId newestStream() {
    return streams.get(streams.size() - 1);
  }

  private void shoot() {
    publication.publish(footage.picture(published), Clock.system().epochMicros());
    published++;
  }

  /** Pictures given so far; also the number of the next. */
  long published() {
    return published;
  }

  PublicationCounts counts() {
    return clients.call(publication::counts);
  }

  /** Whether the node has taken all that was published. */
  boolean isAccepted(long pictures) {
    return counts().accepted() >= pictures;
  }

  /** Ends the stream well. */
  PublicationCounts end() {
    return clients
        .call(publication::end)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    stopped = true;
    clients.call(client::close).toCompletionStage().toCompletableFuture().join();
  }

  @Override
  public void onOpened(StreamId stream, String node) {
    streams.add(stream);
  }

  @Override
  public void onFailed(String why) {
    failures.add(why);
  }
}
