package io.imagebus.image.codec;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was opened last, up to a number; the one that was not used for longest is closed for a new
 * one. Owned by one thread.
 */
final class RecentlyUsed<K, V extends AutoCloseable> implements AutoCloseable {
  private static final float LOAD_FACTOR = 0.75f;

  private final int most;
  private final LinkedHashMap<K, V> open = new LinkedHashMap<>(16, LOAD_FACTOR, true);

  RecentlyUsed(int most) {
    this.most = most;
  }

  /** Opens something that closes without a checked exception. */
  interface Opener<K, V> {
    V open(K key) throws PictureException;
  }

  V get(K key, Opener<K, V> opener) throws PictureException {
    V value = open.get(key);
    if (value == null) {
      if (open.size() >= most) {
        Map.Entry<K, V> eldest = open.entrySet().iterator().next();
        open.remove(eldest.getKey());
        closed(eldest.getValue());
      }
      value = opener.open(key);
      open.put(key, value);
    }
    return value;
  }

  /** Closes and forgets one. */
  void drop(K key) {
    V value = open.remove(key);
    if (value != null) {
      closed(value);
    }
  }

  @Override
  public void close() {
    open.values().forEach(RecentlyUsed::closed);
    open.clear();
  }

  private static void closed(AutoCloseable value) {
    try {
      value.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
