package io.imagebus.bus;

import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Accounting;
import io.imagebus.sequence.Alarm;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.function.Consumer;

/**
 * The accounts' way inside a node: each keeper sends its lines about once a second, the report
 * keeps the newest of each keeper.
 */
public final class AccountFeed {

  private static final String ADDRESS = "imagebus.local.accounts";

  /**
   * The lines of one keeper; all that it ever reported, so that sums never fall.
   *
   * @param keeper unique in the node and the same at each time
   * @param topics what the keeper knows of topics, an object each with its name in it; not to be
   *     changed
   * @param alarms what is wrong now
   */
  public record Account(
      String keeper, List<AccountLine> lines, JsonArray topics, List<Alarm> alarms) {

    /** Copies the lists. */
    public Account {
      lines = List.copyOf(lines);
      alarms = List.copyOf(alarms);
    }

    /** The lines of a keeper that has nothing to be alarmed about. */
    public Account(String keeper, List<AccountLine> lines, JsonArray topics) {
      this(keeper, lines, topics, List.of());
    }
  }

  private AccountFeed() {}

  /** Sends one keeper's lines. */
  public static void report(Vertx vertx, Account account) {
    if (Accounting.ON) {
      new LocalBus(vertx).publish(ADDRESS, account);
    }
  }

  /** Hears all keepers of this node, on the current event loop. */
  public static void listen(Vertx vertx, Consumer<Account> listener) {
    new LocalBus(vertx).<Account>consume(ADDRESS, listener);
  }
}
