package io.imagebus.frame;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic filter, found by topic in time proportional to the topic's levels, not to the
 * number of filters. Owned by one event loop. Not thread-safe.
 *
 * @param <V> what hangs on a filter; compared by equals
 */
public final class TopicTrie<V> {

  private final Node<V> root = new Node<>();

  /** Hangs a value on a filter; false if it hung there already. */
  public boolean add(TopicFilter filter, V value) {
    Node<V> node = root;
    for (String level : filter.levels()) {
      node = node.children.computeIfAbsent(level, any -> new Node<>());
    }
    return node.values.add(value);
  }

  /** Takes a value off a filter; false if it did not hang there. */
  public boolean remove(TopicFilter filter, V value) {
    return remove(root, filter.levels(), 0, value);
  }

  private boolean remove(Node<V> node, List<String> levels, int depth, V value) {
    if (depth == levels.size()) {
      return node.values.remove(value);
    }
    Node<V> child = node.children.get(levels.get(depth));
    if (child == null || !remove(child, levels, depth + 1, value)) {
      return false;
    }
    if (child.isEmpty()) {
      node.children.remove(levels.get(depth));
    }
    return true;
  }

  /** Whether nothing hangs on any filter. */
  public boolean isEmpty() {
    return root.isEmpty();
  }

  /** The values of all filters that match the topic, each once. */
  public Set<V> match(Topic topic) {
    Set<V> found = new HashSet<>();
    match(root, topic.levels(), 0, found::addAll);
    return found;
  }

  private void match(Node<V> node, List<String> levels, int depth, Consumer<Set<V>> found) {
    Node<V> rest = node.children.get("#");
    if (rest != null) {
      found.accept(rest.values);
    }
    if (depth == levels.size()) {
      found.accept(node.values);
      return;
    }
    step(node.children.get(levels.get(depth)), levels, depth, found);
    step(node.children.get("+"), levels, depth, found);
  }

  private void step(
      @Nullable Node<V> child, List<String> levels, int depth, Consumer<Set<V>> found) {
    if (child != null) {
      match(child, levels, depth + 1, found);
    }
  }

  private static final class Node<V> {
    final Map<String, Node<V>> children = new HashMap<>();
    final Set<V> values = new HashSet<>();

    boolean isEmpty() {
      return children.isEmpty() && values.isEmpty();
    }
  }
}
