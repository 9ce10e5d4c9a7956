package io.imagebus.bus;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The newest generation of each topic and variant that this node has heard of, also of streams that
 * have ended: another node may still offer the last picture of one, which must not pass for news
 * beside a stream that was opened since. Bound: {@link #MAX_TOPICS}; beyond that the one goes of
 * which nothing was heard for longest. Owned by one event loop.
 */
final class Generations {

  static final int MAX_TOPICS = 50_000;

  private final Map<TopicKey, Long> newest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TopicKey, Long> eldest) {
          return size() > MAX_TOPICS;
        }
      };

  /** Notes a stream that some node speaks of. */
  void heardOf(StreamInfo info) {
    newest.merge(TopicKey.of(info), info.generation(), Math::max);
  }

  /** A generation for a stream that is newer than all of them. */
  long next(TopicKey topic) {
    return newest.getOrDefault(topic, 0L) + 1;
  }
}
