package io.imagebus.bus;

import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicTrie;
import io.imagebus.frame.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What this node wants of the others: announced at the first stage that asks, withdrawn a second
 * after the last, so that who asks for one snapshot after the other costs one subscription, and
 * what nobody looks at is soon neither sent nor encoded. Owned by the exchange.
 */
final class OwnInterests {

  static final long LINGER_NANOS = 1_000_000_000L;

  private final Map<Variant, TopicTrie<Interest>> announced = new HashMap<>();
  private final Map<Interest, Integer> counts = new HashMap<>();
  private final Map<Interest, Long> leaving = new HashMap<>();

  /** Counts one more; true if the others must be told. */
  boolean add(Interest interest) {
    boolean first =
        counts.merge(interest, 1, Integer::sum) == 1 && leaving.remove(interest) == null;
    if (first) {
      announced
          .computeIfAbsent(interest.variant(), any -> new TopicTrie<>())
          .add(interest.filter(), interest);
    }
    return first;
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
    gone.forEach(this::withdraw);
    return gone;
  }

  private void withdraw(Interest interest) {
    leaving.remove(interest);
    TopicTrie<Interest> trie = announced.get(interest.variant());
    if (trie != null && trie.remove(interest.filter(), interest) && trie.isEmpty()) {
      announced.remove(interest.variant());
    }
  }

  /** The variants of a topic that are announced. */
  Set<Variant> variantsOf(Topic topic) {
    Set<Variant> wanted = new HashSet<>();
    announced.forEach(
        (variant, trie) -> {
          if (!variant.isSource() && !trie.match(topic).isEmpty()) {
            wanted.add(variant);
          }
        });
    return wanted;
  }

  /** Whether anything is still announced that wants the stream. */
  boolean wants(StreamInfo info) {
    TopicTrie<Interest> trie = announced.get(info.variant());
    return trie != null && !trie.match(info.topic()).isEmpty();
  }
}
