package io.imagebus.bus;

import io.imagebus.bus.StageMessage.Publish;
import io.imagebus.bus.StageMessage.Replaced;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** One stage's way to the cluster. Owned by the event loop that made it. */
public final class StreamPublisher {

  private final LocalBus bus;
  private final String address = "imagebus.local.stage." + UUID.randomUUID();

  /**
   * Starts to listen for takeovers.
   *
   * @param replaced gets the streams whose topic a newer publisher has taken over
   */
  public StreamPublisher(Vertx vertx, Consumer<StreamId> replaced) {
    this.bus = new LocalBus(vertx);
    bus.<Replaced>consume(address, message -> replaced.accept(message.stream()));
  }

  /**
   * Opens a stream on a topic. An older stream there, on whatever node, is replaced.
   *
   * @return fails only when the node is going down
   */
  public Future<StreamInfo> open(Topic topic, Variant variant, ImageFormat format) {
    return open(new Open(address, topic, variant, format, Optional.empty()));
  }

  /** Opens a stream of frames that are made of another's, on the same topic. */
  public Future<StreamInfo> openVariant(StreamInfo source, Variant variant, ImageFormat format) {
    return open(new Open(address, source.topic(), variant, format, Optional.of(source.id())));
  }

  private Future<StreamInfo> open(Open open) {
    return bus.request(Addresses.STREAMS, open);
  }

  /** Passes on what happened to a stream that this instance opened. */
  public void publish(StreamEvent event) {
    bus.send(Addresses.STAGES, new Publish(event));
  }
}
