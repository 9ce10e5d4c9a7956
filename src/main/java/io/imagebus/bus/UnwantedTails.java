package io.imagebus.bus;

import io.imagebus.frame.StreamId;
import io.imagebus.sequence.TopicAccount;
import java.util.HashMap;
import java.util.Map;

/**
 * Streams that this node has just ceased to follow: their sender hears of that later, and what is
 * under way until then is counted as left out. Bound: one stream an account. Owned by one event
 * loop.
 */
final class UnwantedTails {

  private static final class Tail {
    final TopicAccount account;
    long next;

    Tail(TopicAccount account, long next) {
      this.account = account;
      this.next = next;
    }
  }

  private final Map<StreamId, Tail> tails = new HashMap<>();

  /**
   * The stream is not followed any more.
   *
   * @param next the number that follows all that is counted
   */
  void follow(StreamId stream, TopicAccount account, long next) {
    forget(account);
    tails.put(stream, new Tail(account, next));
  }

  /** The stream is followed again, or another one of its topic is. */
  void forget(TopicAccount account) {
    tails.values().removeIf(tail -> tail.account == account);
  }

  /** All numbers of the stream before this one have been sent here, or were left out. */
  void heard(StreamId stream, long next) {
    Tail tail = tails.get(stream);
    if (tail != null && next - tail.next > 0) {
      tail.account.unwanted(next - tail.next);
      tail.next = next;
    }
  }
}
