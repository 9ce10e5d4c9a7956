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
      if (trie.isEmpty()) {
        tries.remove(interest.variant());
      }
    }
  }

  /**
   * Makes the link's interests these and no others.
   *
   * @return those that it has now and had not, or had and has not
   */
  List<Interest> set(OutboundLink link, Set<Interest> wanted) {
    List<Interest> changed = new ArrayList<>();
    Set<Interest> before = Set.copyOf(byLink.getOrDefault(link, Set.of()));
    for (Interest old : before) {
      if (!wanted.contains(old)) {
        remove(link, old);
        changed.add(old);
      }
    }
    for (Interest interest : wanted) {
      if (!before.contains(interest)) {
        add(link, interest);
        changed.add(interest);
      }
    }
    return changed;
  }

  /** The variants of a topic that links want, those links aside that are down. */
  Set<Variant> variantsOf(Topic topic) {
    Set<Variant> wanted = new HashSet<>();
    tries.forEach(
        (variant, trie) -> {
          if (!variant.isSource() && trie.match(topic).stream().anyMatch(link -> !link.isDown())) {
            wanted.add(variant);
          }
        });
    return wanted;
  }

  Set<OutboundLink> match(StreamInfo info) {
    TopicTrie<OutboundLink> trie = tries.get(info.variant());
    return trie == null ? Set.of() : trie.match(info.topic());
  }
}
