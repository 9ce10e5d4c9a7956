package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Busy;
import io.imagebus.bus.StageMessage.Make;
import io.imagebus.bus.StageMessage.Ordered;
import io.imagebus.frame.Variant;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the stage that makes variants is told: which of them somebody in the cluster asks for, and
 * everything that happens to the streams that they are made of, beginning with the last frame. One
 * such stage a node. Owned by the event loop that made it; all arrives there.
 *
 * <p>A variant is asked for from its first asker to five seconds after its last, on whatever node
 * they are.
 */
public final class VariantOrders {

  /** Takes the orders. */
  public interface Maker {
    /** The variants of a stream of this node to be made from now on; none: make no more. */
    void ordered(StreamInfo source, Set<Variant> variants);
  }

  private VariantOrders() {}

  /**
   * Says how much there is to do; to be called each second. A node that leaves out pictures lends
   * work to one that could do more, if there is one.
   *
   * @param leavesOut whether pictures are left out for want of time
   * @param hasRoom whether more could be made
   */
  public static void tellLoad(Vertx vertx, boolean leavesOut, boolean hasRoom) {
    WorkPlacement.Load load = hasRoom ? WorkPlacement.Load.ROOM : WorkPlacement.Load.BUSY;
    new LocalBus(vertx)
        .send(Addresses.STAGES, new Busy(leavesOut ? WorkPlacement.Load.SATURATED : load));
  }

  /**
   * Starts to listen.
   *
   * @param events of the streams of which a variant is ordered; after the order
   */
  public static void listen(Vertx vertx, Maker maker, Consumer<StreamEvent> events) {
    StageInbox inbox =
        new StageInbox(
            vertx,
            events,
            message -> {
              if (!(message instanceof Ordered order)) {
                throw new IllegalStateException("not for the maker of variants: " + message);
              }
              maker.ordered(order.source(), order.variants());
            });
    inbox.send(new Make(inbox.address()));
  }
}
