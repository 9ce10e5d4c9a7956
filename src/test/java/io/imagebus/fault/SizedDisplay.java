package io.imagebus.fault;

import io.imagebus.base.Clock;
import io.imagebus.client.BusClient;
import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ReceivedFrame;
import io.imagebus.client.ServerUrl;
import io.imagebus.client.SubscriptionListener;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.testbed.Clients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A display on the program's own client that asks for a width, acknowledges, and writes down how
 * large each picture was, when it came and how old it was by the clock of this machine. Filled by
 * one event loop, read from any thread.
 */
final class SizedDisplay implements SubscriptionListener, ConnectionListener {

  private static final PictureLimits LIMITS = new PictureLimits(1 << 24, 1L << 28);

  private record Shown(int width, long atNanos, long ageMillis) {}

  /**
   * What was shown in some time.
   *
   * @param widths pictures by their width
   * @param stillMillis the longest time without a new picture
   */
  record Figures(
      double framesPerSecond,
      Map<Integer, Long> widths,
      long ageMillisP50,
      long ageMillisP95,
      long stillMillis) {

    /** The width that most pictures had; 0 if there were none. */
    int usualWidth() {
      return widths.entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .map(Map.Entry::getKey)
          .orElse(0);
    }
  }

  private final List<Shown> shown = new ArrayList<>();

  SizedDisplay(Clients clients, String topic, ServerUrl server, int width) {
    BusClient client = clients.connect(List.of(server), this);
    VariantWish wish = new VariantWish(width, 0, 0, 0, Optional.empty());
    clients.call(() -> client.subscribe(new TopicFilter(topic), wish, true, this));
  }

  @Override
  public void onFrame(ReceivedFrame received) {
    byte[] picture = received.frame().picture().getBytes();
    long ageMicros = Clock.system().epochMicros() - received.frame().captureMicros();
    Probed probed = PictureProbe.probe(picture, 0, picture.length, LIMITS);
    int width = probed instanceof Probed.Accepted a ? a.info().widthPixels() : 0;
    synchronized (shown) {
      shown.add(new Shown(width, System.nanoTime(), ageMicros / 1_000));
    }
  }

  /** The width of the newest picture; 0 before the first. */
  int newestWidth() {
    synchronized (shown) {
      return shown.isEmpty() ? 0 : shown.get(shown.size() - 1).width();
    }
  }

  /** What was shown from a moment until now; at least one picture. */
  Figures since(long nanos) {
    long now = System.nanoTime();
    List<Shown> since;
    synchronized (shown) {
      since = shown.stream().filter(each -> each.atNanos() - nanos > 0).toList();
    }
    long last = nanos;
    long still = 0;
    for (Shown each : since) {
      still = Math.max(still, each.atNanos() - last);
      last = each.atNanos();
    }
    List<Long> ages = since.stream().map(Shown::ageMillis).sorted().toList();
    return new Figures(
        since.size() * 1e9 / (now - nanos),
        since.stream()
            .collect(Collectors.groupingBy(Shown::width, TreeMap::new, Collectors.counting())),
        ages.get(ages.size() / 2),
        ages.get(ages.size() * 95 / 100),
        Math.max(still, now - last) / 1_000_000);
  }
}
