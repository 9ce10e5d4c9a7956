package io.imagebus.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTrieTest {

  private static final String[] LEVELS = {"a", "b", "c"};
  private static final String[] WANTED = {"a", "b", "c", "+", "+"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void match_randomFiltersComeAndGo_agreesWithEachFilter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TopicTrie<Integer> trie = new TopicTrie<>();
    Map<TopicFilter, Set<Integer>> oracle = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      TopicFilter filter = filter(random);
      int value = random.nextInt(4);
      Set<Integer> there = oracle.computeIfAbsent(filter, any -> new HashSet<>());
      if (random.nextInt(3) > 0) {
        assertThat(trie.add(filter, value)).as("add, seed %d", seed).isEqualTo(there.add(value));
      } else {
        assertThat(trie.remove(filter, value))
            .as("remove, seed %d", seed)
            .isEqualTo(there.remove(value));
      }
      Topic topic = topic(random);
      assertThat(trie.match(topic))
          .as("seed %d, step %d, topic %s", seed, step, topic)
          .isEqualTo(wanting(oracle, topic));
    }
  }

  @Test
  void remove_whatWasNeverThere_changesNothing() {
    TopicTrie<String> trie = new TopicTrie<>();
    trie.add(new TopicFilter("a/b"), "x");

    assertThat(trie.remove(new TopicFilter("a"), "x")).isFalse();
    assertThat(trie.remove(new TopicFilter("a/b/c"), "x")).isFalse();
    assertThat(trie.remove(new TopicFilter("a/b"), "y")).isFalse();
    assertThat(trie.match(new Topic("a/b"))).containsExactly("x");
  }

  private static Set<Integer> wanting(Map<TopicFilter, Set<Integer>> oracle, Topic topic) {
    return oracle.entrySet().stream()
        .filter(entry -> entry.getKey().matches(topic))
        .flatMap(entry -> entry.getValue().stream())
        .collect(Collectors.toSet());
  }

  private static Topic topic(SplittableRandom random) {
    return new Topic(levels(random, LEVELS));
  }

  private static TopicFilter filter(SplittableRandom random) {
    int kind = random.nextInt(6);
    if (kind == 0) {
      return new TopicFilter("#");
    }
    return new TopicFilter(levels(random, WANTED) + (kind == 1 ? "/#" : ""));
  }

  private static String levels(SplittableRandom random, String[] from) {
    StringBuilder name = new StringBuilder(from[random.nextInt(from.length)]);
    for (int more = random.nextInt(4); more > 0; more--) {
      name.append('/').append(from[random.nextInt(from.length)]);
    }
    return name.toString();
  }
}
