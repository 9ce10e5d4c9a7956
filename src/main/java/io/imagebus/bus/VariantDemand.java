package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.Variant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variants that somebody in the cluster asks for of this node's own streams, and who makes
 * them: one stage of the node, which hears a stream for as long as a variant of it is asked for.
 * Owned by the exchange.
 */
final class VariantDemand {

  /** Is told what to make. */
  interface Maker {
    /** The variants of a stream that are asked for from now on; none: make no more. */
    void ordered(StreamInfo source, Set<Variant> variants);
  }

  private record Workshop(OutboundLink link, Maker maker) {}

  private final Map<StreamId, Set<Variant>> orders = new HashMap<>();
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

  /** Where the stream must be heard for its variants, if there are any. */
  @Nullable OutboundLink listener(StreamId source) {
    return workshop != null && orders.containsKey(source) ? workshop.link() : null;
  }
}
