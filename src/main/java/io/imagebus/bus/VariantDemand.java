package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.Variant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variants that this node makes, and who does it: one stage of the node, which hears a stream
 * for as long as a variant of it is asked for. Owned by the exchange.
 */
final class VariantDemand {

  /** Is told what to make. */
  interface Maker {
    /** The variants of a stream that are asked for from now on; none: make no more. */
    void ordered(StreamInfo source, Set<Variant> variants);
  }

  private record Workshop(OutboundLink link, Maker maker) {}

  private final Map<StreamId, Set<Variant>> orders = new HashMap<>();
  private final Set<StreamId> expected = new HashSet<>();
  private @Nullable Workshop workshop;

  /** From now on there is somebody to make variants. */
  void open(OutboundLink link, Maker maker) {
    workshop = new Workshop(link, maker);
  }

  /**
   * What is asked for of a stream now.
   *
   * @return the variants that nobody asks for any more
   */
  Set<Variant> ask(StreamInfo source, Set<Variant> wanted) {
    Set<Variant> before = orders.getOrDefault(source.id(), Set.of());
    if (workshop == null || before.equals(wanted)) {
      return Set.of();
    }
    if (wanted.isEmpty()) {
      orders.remove(source.id());
    } else {
      orders.put(source.id(), Set.copyOf(wanted));
    }
    workshop.maker().ordered(source, Set.copyOf(wanted));
    Set<Variant> gone = new HashSet<>(before);
    gone.removeAll(wanted);
    return gone;
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
    return Set.copyOf(orders.keySet());
  }

  /** Where the stage is that makes variants, if there is one. */
  @Nullable OutboundLink maker() {
    return workshop == null ? null : workshop.link();
  }

  /** Where the stream must be heard for its variants, if there are any. */
  @Nullable OutboundLink listener(StreamId source) {
    return workshop != null && orders.containsKey(source) ? workshop.link() : null;
  }
}
