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
 * <p>A variant is made from its first asker to a second after its last, on whatever node they are.
 * Then it rests: nothing is made, but its stream goes on for who comes back. Five seconds after the
 * last asker it ends.
 */
public final class VariantOrders {

  /**
   * What is asked for of a stream from now on; of what is named in neither set nothing is asked.
   *
   * @param made variants to be made
   * @param resting variants that nobody asks for just now, whose streams are not to be ended yet
   */
  public record Order(StreamInfo source, Set<Variant> made, Set<Variant> resting) {

    /** Copies the sets. */
    public Order {
      made = Set.copyOf(made);
      resting = Set.copyOf(resting);
    }
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
   * @param maker gets the orders
   * @param events of the streams of which a variant is ordered; after the order
   */
  public static void listen(Vertx vertx, Consumer<Order> maker, Consumer<StreamEvent> events) {
    StageInbox inbox =
        new StageInbox(
            vertx,
            events,
            message -> {
              if (!(message instanceof Ordered ordered)) {
                throw new IllegalStateException("not for the maker of variants: " + message);
              }
              maker.accept(ordered.order());
            });
    inbox.send(new Make(inbox.address()));
  }
}
