package io.imagebus.bus;

import io.imagebus.sequence.AccountLine;
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
   */
  public record Account(String keeper, List<AccountLine> lines, JsonArray topics) {

    /** Copies the list. */
    public Account {
      lines = List.copyOf(lines);
    }
  }

  private AccountFeed() {}

  /** Sends one keeper's lines. */
  public static void report(Vertx vertx, Account account) {
    new LocalBus(vertx).publish(ADDRESS, account);
  }

  /** Hears all keepers of this node, on the current event loop. */
  public static void listen(Vertx vertx, Consumer<Account> listener) {
    new LocalBus(vertx).<Account>consume(ADDRESS, listener);
  }
}
