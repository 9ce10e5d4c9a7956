package io.imagebus.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this node wants of the others: announced at the first stage that asks, withdrawn some time
 * after the last, so that a page that is reloaded costs no new subscription. Owned by the exchange.
 */
final class OwnInterests {

  private static final long LINGER_NANOS = 5_000_000_000L;

  private final Map<Interest, Integer> counts = new HashMap<>();
  private final Map<Interest, Long> leaving = new HashMap<>();

  /** Counts one more; true if the others must be told. */
  boolean add(Interest interest) {
    return counts.merge(interest, 1, Integer::sum) == 1 && leaving.remove(interest) == null;
  }

  /** Counts one less. */
  void remove(Interest interest, long nowNanos) {
    Integer left = counts.computeIfPresent(interest, (any, count) -> count == 1 ? null : count - 1);
    if (left == null) {
      leaving.put(interest, nowNanos);
    }
  }

  /** The interests that nobody has had for a while; to be withdrawn now. */
  List<Interest> expired(long nowNanos) {
    List<Interest> gone = new ArrayList<>();
    leaving.forEach(
        (interest, since) -> {
          if (nowNanos - since >= LINGER_NANOS) {
            gone.add(interest);
          }
        });
    gone.forEach(leaving::remove);
    return gone;
  }

  /** Whether anything is still announced that wants the stream. */
  boolean wants(StreamInfo info) {
    return counts.keySet().stream().anyMatch(i -> wants(i, info))
        || leaving.keySet().stream().anyMatch(i -> wants(i, info));
  }

  private static boolean wants(Interest interest, StreamInfo info) {
    return interest.variant().equals(info.variant()) && interest.filter().matches(info.topic());
  }
}
