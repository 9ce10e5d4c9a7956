package io.imagebus.report;

import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Alarm;
import io.imagebus.sequence.Hop;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The newest account of each keeper of a node, and what the lines were a minute and a quarter of an
 * hour ago. Owned by one event loop.
 */
final class AccountBook {

  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<LineKey, KeptLine> lines = new LinkedHashMap<>();

  private record LineKey(String topic, String variant, Hop hop, String peer) {
    static LineKey of(AccountLine line) {
      return new LineKey(line.topic().name(), line.variant().label(), line.hop(), line.peer());
    }
  }

  /**
   * A line that nobody tells any more.
   *
   * @param last what it was in the end
   * @param total everything that was ever counted on it
   */
  record Ended(AccountLine last, Totals total) {}

  /** Takes a keeper's account in place of its last one; gives back the lines that are over. */
  List<Ended> take(Account account, long nowNanos) {
    Optional<Account> before = Optional.ofNullable(accounts.put(account.keeper(), account));
    Set<LineKey> told = new HashSet<>();
    for (AccountLine line : account.lines()) {
      LineKey key = LineKey.of(line);
      told.add(key);
      lines
          .computeIfAbsent(key, any -> new KeptLine(!LineFilter.isOneDisplay(line), nowNanos))
          .put(account.keeper(), line, nowNanos);
    }
    return before.map(last -> retire(last, told)).orElse(List.of());
  }

  private List<Ended> retire(Account last, Set<LineKey> stillTold) {
    List<Ended> ended = new ArrayList<>();
    for (AccountLine line : last.lines()) {
      LineKey key = LineKey.of(line);
      KeptLine kept = lines.get(key);
      if (kept != null && !stillTold.contains(key)) {
        kept.remove(last.keeper());
        if (kept.merged().isEmpty()) {
          lines.remove(key);
          ended.add(new Ended(line, kept.total()));
        }
      }
    }
    return ended;
  }

  /** Visits the lines of all keepers; those of the same topic, hop and peer as one. */
  void forEach(BiConsumer<AccountLine, KeptLine> visitor) {
    lines.values().forEach(kept -> kept.merged().ifPresent(line -> visitor.accept(line, kept)));
  }

  /** What all keepers are alarmed about. */
  List<Alarm> alarms() {
    return accounts.values().stream().flatMap(account -> account.alarms().stream()).toList();
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
