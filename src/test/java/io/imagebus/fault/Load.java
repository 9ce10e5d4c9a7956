package io.imagebus.fault;

import static org.awaitility.Awaitility.await;

import io.imagebus.client.ServerUrl;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cameras and displays of a test, spread over the nodes: a stream's displays are on other nodes
 * than its camera. To be closed. One thread.
 */
final class Load implements AutoCloseable {

  /**
   * How much.
   *
   * @param ingestHosts hosts from 1 to this have cameras, in turn
   * @param displays for each stream, on the hosts after the camera's
   * @param camerasMove whether cameras go to another node when theirs is gone
   */
  record Size(
      int ingestHosts,
      int streams,
      int displays,
      int framesPerSecond,
      int pictureBytes,
      boolean camerasMove) {

    /** 10 MB/s in. */
    static final Size USUAL = new Size(3, 8, 2, 10, 128 * 1024, false);

    /** The same from fewer hosts. */
    Size on(int hosts) {
      return new Size(hosts, streams, displays, framesPerSecond, pictureBytes, camerasMove);
    }

    /** As many streams, with more or fewer displays each. */
    Size displays(int each) {
      return new Size(ingestHosts, streams, each, framesPerSecond, pictureBytes, camerasMove);
    }

    /** The same with cameras that move. */
    Size moving() {
      return new Size(ingestHosts, streams, displays, framesPerSecond, pictureBytes, true);
    }
  }

  private final FaultCluster cluster;
  private final Size size;
  private final SplittableRandom random;
  private final Footage footage;
  private final Ledger ledger = new Ledger();
  private final Clients cameraLoop = new Clients();
  private final Clients displayLoop = new Clients();
  private final List<LedgerCamera> cameras = new ArrayList<>();
  private final List<LedgerDisplay> displays = new ArrayList<>();

  Load(FaultCluster cluster, Size size, SplittableRandom random) throws IOException {
    this.cluster = cluster;
    this.size = size;
    this.random = random;
    this.footage = new Footage(size.pictureBytes());
  }

  /** Opens the streams and their displays, and only then begins to film: nobody joins late. */
  void start() {
    open();
    film();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> displays.stream().allMatch(display -> display.shown().size() > 10));
  }

  /** Opens the streams and their displays; returns when each display knows its stream. */
  private void open() {
    int hosts = cluster.hosts();
    for (int i = 0; i < size.streams(); i++) {
      int host = i % size.ingestHosts() + 1;
      LedgerCamera camera = camera(topic(i), host);
      for (int n = 1; n <= size.displays(); n++) {
        display(camera.topic(), (host - 1 + n) % hosts + 1);
      }
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> displays.stream().allMatch(display -> display.status().isPresent()));
  }

  static String topic(int number) {
    return "site/camera-" + number;
  }

  /** One more camera, which does not film yet. */
  LedgerCamera camera(String topic, int host) {
    LedgerCamera camera =
        new LedgerCamera(
            cameraLoop,
            footage,
            ledger,
            topic,
            size.camerasMove()
                ? cluster.serversFrom(host)
                : cluster.serversFrom(host).subList(0, 1));
    cameras.add(camera);
    return camera;
  }

  /** One more display, on this host as long as there is a node. */
  LedgerDisplay display(String topic, int host) {
    LedgerDisplay display =
        new LedgerDisplay(displayLoop, ledger, topic, cluster.serversFrom(host));
    displays.add(display);
    return display;
  }

  /** One more display, connected to a host through something that stands before it. */
  LedgerDisplay display(String topic, int host, LinkProxy proxy) {
    ServerUrl through = ServerUrl.parse("http://" + cluster.lab().outside() + ":" + proxy.port());
    LedgerDisplay display =
        new LedgerDisplay(
            displayLoop, ledger, topic, cluster.serversFrom(host).get(0), List.of(through));
    displays.add(display);
    return display;
  }

  /**
   * Spreads the load over all nodes again: cameras go back to where they began, and new displays
   * take the place of those that went to another node.
   *
   * @return the displays that are no more
   */
  List<LedgerDisplay> bringHome() {
    cameras.forEach(LedgerCamera::goHome);
    List<LedgerDisplay> away =
        displays.stream().filter(display -> !display.isAt(display.home())).toList();
    for (LedgerDisplay display : away) {
      display.close();
      displays.remove(display);
      for (int host = 1; host <= cluster.hosts(); host++) {
        if (cluster.serversFrom(host).get(0).equals(display.home())) {
          display(display.topic(), host);
        }
      }
    }
    return away;
  }

  /** Each camera begins at a moment of its own. */
  void film() {
    long every = 1_000 / size.framesPerSecond();
    cameras.forEach(camera -> camera.film(1 + random.nextLong(every), every));
  }

  /** No more pictures; returns when the nodes have confirmed all. */
  void rest() {
    cameras.forEach(LedgerCamera::stop);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                cameras.stream()
                    .allMatch(
                        camera ->
                            camera.stream().map(s -> s.isOver() || s.isConfirmed()).orElse(false)));
  }

  Ledger ledger() {
    return ledger;
  }

  List<LedgerCamera> cameras() {
    return cameras;
  }

  List<LedgerDisplay> displays() {
    return displays;
  }

  /** Cameras of a host. */
  List<LedgerCamera> camerasAt(int host) {
    return cameras.stream()
        .filter(camera -> camera.server().equals(cluster.serversFrom(host).get(0)))
        .toList();
  }

  /** Displays that began at a host. */
  List<LedgerDisplay> displaysAt(int host) {
    return displays.stream()
        .filter(display -> display.home().equals(cluster.serversFrom(host).get(0)))
        .toList();
  }

  /** Displays that began beside the camera of their topic. */
  List<LedgerDisplay> localDisplays() {
    return displays.stream()
        .filter(
            display ->
                cameras.stream()
                    .anyMatch(
                        camera ->
                            camera.topic().equals(display.topic())
                                && camera.server().equals(display.home())))
        .toList();
  }

  Clients displayLoop() {
    return displayLoop;
  }

  @Override
  public void close() {
    displayLoop.close();
    cameraLoop.close();
  }
}
