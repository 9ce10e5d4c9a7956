package io.imagebus.bench;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.Publication;
import io.imagebus.client.PublicationListener;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.SubscriptionListener;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.imagebus.testbed.Clients;
import io.imagebus.testbed.Footage;
import io.imagebus.testbed.LargeFootage;
import io.imagebus.testbed.NodeProcess;
import io.imagebus.testbed.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * How many wall tiles a node makes, and what that does to pictures that it only passes on. A node
 * in a JVM of its own; cameras of 1080p, a wall that shows each of them as a tile of 640x360, and
 * beside them small cameras whose pictures displays get as they are. The wall comes and goes, so
 * that the latency beside it is measured with and without it, in turns: {@code mvn -DskipTests
 * package exec:exec -P bench -Dbench.class=io.imagebus.bench.TileLoadBench
 * -Dbench.arguments="CAMERAS SECONDS ROUNDS"}.
 */
public final class TileLoadBench implements AutoCloseable {

  private static final int FRAMES_PER_SECOND = 10;
  private static final int SMALL_CAMERAS = 4;
  private static final int DISPLAYS = 4;
  private static final int PICTURES = 20;
  private static final float QUALITY = 0.6f;
  private static final Duration SETTLES = Duration.ofSeconds(4);
  private static final VariantWish TILE = new VariantWish(640, 360, 0, 0, Optional.empty());

  private final Program program;
  private final NodeProcess node;
  private final Clients load = new Clients();
  private final Clients quiet = new Clients();
  private final List<Audience> beside = new ArrayList<>();

  private TileLoadBench() throws Exception {
    program = Program.startIn(List.of(), List.of("-Xmx512m"), "node", "--port", "0");
    node = new NodeProcess(program).awaitReady();
  }

  /** Counts pictures and their ages, between two calls of {@link #take}. Thread-safe. */
  private static final class Audience implements SubscriptionListener, ConnectionListener {
    private final List<Long> ageMicros = new ArrayList<>();

    @Override
    public void onFrame(ReceivedFrame received) {
      long age = Clock.system().epochMicros() - received.frame().captureMicros();
      synchronized (ageMicros) {
        ageMicros.add(age);
      }
    }

    List<Long> take() {
      synchronized (ageMicros) {
        List<Long> taken = List.copyOf(ageMicros);
        ageMicros.clear();
        return taken;
      }
    }
  }

  /** What some seconds brought. */
  private record Window(double tilesPerSecond, double cores, long[] agesMicros) {

    double ageMillis(double share) {
      return agesMicros[(int) Math.min(agesMicros.length - 1, agesMicros.length * share)] / 1e3;
    }
  }

  private void film(Clients clients, String topic, IntFunction<byte[]> pictures, int number) {
    PublicationListener listener = new PublicationListener() {};
    BusClient client = clients.connect(List.of(node.server()), new ConnectionListener() {});
    Publication publication =
        clients.call(() -> client.publish(new Topic(topic), ImageFormat.JPEG, listener));
    int everyMillis = 1_000 / FRAMES_PER_SECOND;
    int[] next = {number * 7};
    clients.run(
        () ->
            clients
                .vertx()
                .setTimer(
                    1 + number * 37L % everyMillis,
                    begun ->
                        clients
                            .vertx()
                            .setPeriodic(
                                everyMillis,
                                timer -> {
                                  if (publication.isReady()) {
                                    publication.publish(
                                        pictures.apply(next[0]++), Clock.system().epochMicros());
                                  }
                                })));
  }

  private BusClient show(Clients clients, String filter, VariantWish wish, Audience audience) {
    BusClient client = clients.connect(List.of(node.server()), audience);
    clients.call(() -> client.subscribe(new TopicFilter(filter), wish, true, audience));
    return client;
  }

  private void run(int cameras, int seconds, int rounds) throws Exception {
    Footage footage = new Footage(0);
    List<byte[]> large = LargeFootage.pictures(PICTURES, QUALITY);
    for (int i = 0; i < cameras; i++) {
      film(load, "large/" + i, number -> large.get(number % large.size()), i);
    }
    for (int i = 0; i < SMALL_CAMERAS; i++) {
      film(quiet, "small/" + i, footage::picture, i);
    }
    for (int i = 0; i < DISPLAYS; i++) {
      Audience audience = new Audience();
      show(quiet, "small/#", VariantWish.SOURCE, audience);
      beside.add(audience);
    }
    System.out.printf(
        "%d cameras of 1080p, %d KB a picture; %d of 640x360 to %d displays beside them%n",
        cameras,
        large.stream().mapToInt(each -> each.length).sum() / large.size() / 1000,
        SMALL_CAMERAS,
        DISPLAYS);
    // The first round is one for the compilers.
    for (int round = 0; round <= rounds; round++) {
      Audience wall = new Audience();
      print(round, "alone", measure(seconds, wall));
      BusClient shown = show(load, "large/#", TILE, wall);
      print(round, "tiles", measure(seconds, wall));
      load.run(shown::close);
    }
  }

  private Window measure(int seconds, Audience wall) {
    LockSupport.parkNanos(SETTLES.toNanos());
    wall.take();
    beside.forEach(Audience::take);
    long beganNanos = System.nanoTime();
    Duration cpu = cpu();
    LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
    double passed = (double) (System.nanoTime() - beganNanos);
    double used = (double) cpu().minus(cpu).toNanos();
    long[] ages =
        beside.stream().flatMap(each -> each.take().stream()).mapToLong(each -> each).toArray();
    Arrays.sort(ages);
    return new Window(wall.take().size() * 1e9 / passed, used / passed, ages);
  }

  private Duration cpu() {
    return ProcessHandle.of(program.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }

  private static void print(int round, String what, Window window) {
    System.out.printf(
        Locale.ROOT,
        "round %d, %s: %5.1f tiles/s, node %.2f cores, %d pictures beside: p50 %.1f ms, p99 %.1f"
            + " ms, p99.9 %.1f ms%n",
        round,
        what,
        window.tilesPerSecond(),
        window.cores(),
        window.agesMicros().length,
        window.ageMillis(0.5),
        window.ageMillis(0.99),
        window.ageMillis(0.999));
  }

  @Override
  public void close() {
    load.close();
    quiet.close();
    program.close();
  }

  /** Arguments: cameras of 1080p, seconds of a measurement, rounds. */
  public static void main(String[] arguments) throws Exception {
    try (TileLoadBench bench = new TileLoadBench()) {
      bench.run(
          Integer.parseInt(arguments[0]),
          Integer.parseInt(arguments[1]),
          Integer.parseInt(arguments[2]));
    }
  }
}
