package io.imagebus.demo;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ConnectionState;
import io.imagebus.client.Publication;
import io.imagebus.client.PublicationListener;
import io.imagebus.client.ServerUrl;
import io.imagebus.frame.ImageFormat;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Four cameras that play the jar's footage in a loop through the public publishing door, each on a
 * connection of its own as real cameras have. Owned by one event loop.
 */
public final class DemoCameras {

  private static final Logger LOG = LoggerFactory.getLogger(DemoCameras.class);

  private final Vertx vertx;
  private final List<ServerUrl> servers;
  private final List<BusClient> clients = new ArrayList<>();
  private final List<Long> timers = new ArrayList<>();

  /**
   * Cameras that are not yet on.
   *
   * @param servers nodes to publish to; the cameras are spread over them and fail over
   */
  public DemoCameras(Vertx vertx, List<ServerUrl> servers) {
    this.vertx = vertx;
    this.servers = List.copyOf(servers);
  }

  /** The topics that the cameras publish. */
  public static List<String> topics() {
    return Arrays.stream(Scene.values()).map(scene -> scene.topic().name()).toList();
  }

  /** Turns the cameras on; succeeds when all of them are connected. */
  public Future<Void> start() {
    List<Future<Void>> connected = new ArrayList<>();
    for (Scene scene : Scene.values()) {
      connected.add(start(scene));
    }
    return Future.all(connected).mapEmpty();
  }

  private Future<Void> start(Scene scene) {
    List<ServerUrl> order = new ArrayList<>(servers);
    Collections.rotate(order, -clients.size());
    Notes notes = new Notes(scene);
    BusClient client = new BusClient(vertx, Clock.system(), order, notes);
    clients.add(client);
    return client
        .connect()
        .onSuccess(done -> play(scene, client.publish(scene.topic(), ImageFormat.JPEG, notes)));
  }

  private void play(Scene scene, Publication publication) {
    List<byte[]> pictures = scene.pictures();
    long[] shown = {0};
    timers.add(
        vertx.setPeriodic(
            TimeUnit.SECONDS.toMillis(1) / scene.framesPerSecond(),
            timer -> {
              int index = (int) (shown[0]++ % pictures.size());
              publication.publish(pictures.get(index), Clock.system().epochMicros());
            }));
  }

  /** Turns the cameras off. */
  public Future<Void> stop() {
    timers.forEach(vertx::cancelTimer);
    List<Future<Void>> closed = new ArrayList<>();
    clients.forEach(client -> closed.add(client.close()));
    return Future.join(closed).mapEmpty();
  }

  /** Says in the log what a camera's owner would want to know. */
  private record Notes(Scene scene) implements ConnectionListener, PublicationListener {

    @Override
    public void onState(ConnectionState state, ServerUrl server, String why) {
      LOG.debug("camera {}: {} {} {}", scene.topic(), state, server, why);
    }

    @Override
    public void onRejected(String code, String message) {
      LOG.warn("camera {}: picture refused ({}): {}", scene.topic(), code, message);
    }

    @Override
    public void onFailed(String why) {
      LOG.warn("camera {} is off: {}", scene.topic(), why);
    }
  }
}
