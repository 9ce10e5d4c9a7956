package io.imagebus.report;

import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Hop;
import io.imagebus.sequence.ReliabilityWindows;
import io.imagebus.sequence.SequenceCounts;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The newest account of each keeper of a node, and what the lines were a minute and a quarter of an
 * hour ago. Owned by one event loop.
 */
final class AccountBook {

  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<LineKey, ReliabilityWindows> windows = new HashMap<>();

  private record LineKey(String topic, String variant, Hop hop, String peer) {
    static LineKey of(AccountLine line) {
      return new LineKey(line.topic().name(), line.variant().label(), line.hop(), line.peer());
    }
  }

  void take(Account account, long nowNanos) {
    accounts.put(account.keeper(), account);
    for (AccountLine line : merged()) {
      windows
          .computeIfAbsent(
              LineKey.of(line), any -> new ReliabilityWindows(SequenceCounts.ZERO, nowNanos))
          .record(line.counts(), nowNanos);
    }
  }

  /** The lines of all keepers; those of the same topic, hop and peer as one. */
  Collection<AccountLine> merged() {
    Map<LineKey, AccountLine> lines = new LinkedHashMap<>();
    for (Account account : accounts.values()) {
      for (AccountLine line : account.lines()) {
        lines.merge(LineKey.of(line), line, AccountLine::plus);
      }
    }
    return lines.values();
  }

  void forEach(BiConsumer<AccountLine, ReliabilityWindows> visitor) {
    for (AccountLine line : merged()) {
      ReliabilityWindows window = windows.get(LineKey.of(line));
      if (window != null) {
        visitor.accept(line, window);
      }
    }
  }

  /** What the keepers know of each topic, put together by name. */
  Map<String, JsonObject> topics() {
    Map<String, JsonObject> topics = new TreeMap<>();
    for (Account account : accounts.values()) {
      for (Object entry : account.topics()) {
        JsonObject facts = (JsonObject) entry;
        topics.merge(facts.getString("topic"), facts, TopicFacts::merge);
      }
    }
    return topics;
  }
}
