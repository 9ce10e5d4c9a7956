package io.imagebus.bus;

import io.imagebus.bus.VariantOrders.Order;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Variant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/*
 * A variant that nobody asks for any more rests: its maker does nothing for it and does not hear the
 * source, but its stream is not ended yet, so that a page that is reloaded, or turned back, finds it
 * with all that was learnt of its quality.
 */
/**
 * The variants that this node makes, and who does it: one stage of the node, which hears a stream
 * for as long as a variant of it is asked for. Owned by the exchange.
 */
final class VariantDemand {

  /** With the time that an interest lingers, this makes five seconds. */
  static final long REST_NANOS = 5_000_000_000L - OwnInterests.LINGER_NANOS;

  /**
   * What became of a stream's variants.
   *
   * @param gone that are neither made nor rest any more
   * @param resumed that rested and are made again
   */
  record Change(Set<Variant> gone, Set<Variant> resumed) {
    static final Change NONE = new Change(Set.of(), Set.of());
  }

  private record Workshop(OutboundLink link, Consumer<Order> maker) {}

  /** The variants of one stream; of those that rest, since when. */
  private record Asked(StreamInfo source, Set<Variant> made, Map<Variant, Long> resting) {

    Order order() {
      return new Order(source, made, resting.keySet());
    }

    boolean isEmpty() {
      return made.isEmpty() && resting.isEmpty();
    }
  }

  private final Map<StreamId, Asked> asked = new HashMap<>();
  private final Set<StreamId> expected = new HashSet<>();
  private @Nullable Workshop workshop;

  /** From now on there is somebody to make variants. */
  void open(OutboundLink link, Consumer<Order> maker) {
    workshop = new Workshop(link, maker);
  }

  /**
   * What is asked for of a stream now.
   *
   * @param mayRest whether variants that are not asked for any more rest; else they end at once
   */
  Change ask(StreamInfo source, Set<Variant> wanted, boolean mayRest, long nowNanos) {
    Asked before = asked.getOrDefault(source.id(), new Asked(source, Set.of(), Map.of()));
    Map<Variant, Long> resting = new HashMap<>();
    if (mayRest) {
      resting.putAll(before.resting());
      before.made().forEach(variant -> resting.put(variant, nowNanos));
      resting.keySet().removeAll(wanted);
    }
    return turn(before, new Asked(source, Set.copyOf(wanted), resting));
  }

  /** Nothing is asked for of a stream any more, whoever would: its variants end at once. */
  void end(StreamInfo source) {
    Asked before = asked.get(source.id());
    if (before != null) {
      turn(before, new Asked(source, Set.of(), Map.of()));
    }
  }

  private Change turn(Asked before, Asked now) {
    boolean isSame =
        before.made().equals(now.made())
            && before.resting().keySet().equals(now.resting().keySet());
    if (workshop == null || isSame) {
      return Change.NONE;
    }
    if (now.isEmpty()) {
      asked.remove(now.source().id());
    } else {
      asked.put(now.source().id(), now);
    }
    workshop.maker().accept(now.order());
    Set<Variant> gone = new HashSet<>(before.made());
    gone.addAll(before.resting().keySet());
    gone.removeAll(now.made());
    gone.removeAll(now.resting().keySet());
    Set<Variant> resumed = new HashSet<>(before.resting().keySet());
    resumed.retainAll(now.made());
    return new Change(gone, resumed);
  }

  /**
   * Ends what has rested for long enough; to be called several times a second.
   *
   * @return the variants that are gone
   */
  Set<TopicKey> endRests(long nowNanos) {
    Set<TopicKey> ended = new HashSet<>();
    for (Asked each : withRested(nowNanos)) {
      Map<Variant, Long> resting = new HashMap<>(each.resting());
      resting.values().removeIf(since -> nowNanos - since >= REST_NANOS);
      turn(each, new Asked(each.source(), each.made(), resting))
          .gone()
          .forEach(variant -> ended.add(new TopicKey(each.source().topic(), variant)));
    }
    return ended;
  }

  private List<Asked> withRested(long nowNanos) {
    return asked.values().stream()
        .filter(each -> each.resting().values().stream().anyMatch(s -> nowNanos - s >= REST_NANOS))
        .toList();
  }

  /** The work on another node's source is this node's. */
  void expect(StreamId source) {
    expected.add(source);
  }

  /** It is not any more. */
  void expectNoMore(StreamId source) {
    expected.remove(source);
  }

  /** Whether the stream, though another node's, is one that variants are made of here. */
  boolean knows(StreamId source) {
    return expected.contains(source);
  }

  /** The streams of which variants are made. */
  Set<StreamId> sources() {
    return asked.values().stream()
        .filter(each -> !each.made().isEmpty())
        .map(each -> each.source().id())
        .collect(Collectors.toSet());
  }

  /** Where the stage is that makes variants, if there is one. */
  @Nullable OutboundLink maker() {
    return workshop == null ? null : workshop.link();
  }

  /** Where the stream must be heard for its variants, if there are any. */
  @Nullable OutboundLink listener(StreamId source) {
    Asked of = asked.get(source);
    return workshop == null || of == null || of.made().isEmpty() ? null : workshop.link();
  }
}
