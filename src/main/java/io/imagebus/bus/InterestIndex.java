package io.imagebus.bus;

import io.imagebus.frame.TopicTrie;
import io.imagebus.frame.Variant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which links want which streams. Owned by the exchange. */
final class InterestIndex {

  private final Map<Variant, TopicTrie<OutboundLink>> tries = new HashMap<>();
  private final Map<OutboundLink, Set<Interest>> byLink = new HashMap<>();

  void add(OutboundLink link, Interest interest) {
    if (byLink.computeIfAbsent(link, any -> new HashSet<>()).add(interest)) {
      tries
          .computeIfAbsent(interest.variant(), any -> new TopicTrie<>())
          .add(interest.filter(), link);
    }
  }

  void remove(OutboundLink link, Interest interest) {
    Set<Interest> interests = byLink.get(link);
    TopicTrie<OutboundLink> trie = tries.get(interest.variant());
    if (trie != null && interests != null && interests.remove(interest)) {
      trie.remove(interest.filter(), link);
    }
  }

  /** Makes the link's interests these and no others. */
  void set(OutboundLink link, Set<Interest> wanted) {
    for (Interest old : Set.copyOf(byLink.getOrDefault(link, Set.of()))) {
      if (!wanted.contains(old)) {
        remove(link, old);
      }
    }
    wanted.forEach(interest -> add(link, interest));
  }

  Set<OutboundLink> match(StreamInfo info) {
    TopicTrie<OutboundLink> trie = tries.get(info.variant());
    return trie == null ? Set.of() : trie.match(info.topic());
  }
}
