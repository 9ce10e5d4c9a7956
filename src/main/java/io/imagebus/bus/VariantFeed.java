package io.imagebus.bus;

import io.imagebus.frame.Topic;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;

/** The way of what compression counts to the report, inside a node, about once a second. */
public final class VariantFeed {

  private static final String ADDRESS = "imagebus.local.variants";

  /**
   * What it costs to look into the frames of a topic; monotone.
   *
   * @param decodes how often a decoder ran, with or without success
   * @param failed how often without
   */
  public record Decoding(Topic topic, long decodes, long failed, long nanos, long cpuNanos) {}

  /**
   * The workers.
   *
   * @param threads how many there are
   * @param busy how many have work
   * @param waiting streams whose newest frame waits for one
   * @param jobs frames done so far
   * @param busyNanos time that they had work, together, so far
   */
  public record Pool(int threads, int busy, int waiting, long jobs, long busyNanos) {}

  /** All that compression of a node says of itself; all topics and variants that it ever made. */
  public record Account(Pool pool, List<Decoding> topics, List<VariantLine> variants) {

    /** Copies the lists. */
    public Account {
      topics = List.copyOf(topics);
      variants = List.copyOf(variants);
    }
  }

  private VariantFeed() {}

  /** Tells the report. */
  public static void report(Vertx vertx, Account account) {
    new LocalBus(vertx).publish(ADDRESS, account);
  }

  /** Hears what is told, on the current event loop. */
  public static void listen(Vertx vertx, Consumer<Account> listener) {
    new LocalBus(vertx).<Account>consume(ADDRESS, listener);
  }
}
