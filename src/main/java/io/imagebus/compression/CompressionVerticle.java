package io.imagebus.compression;

import io.imagebus.base.Clock;
import io.imagebus.bus.AccountFeed;
import io.imagebus.bus.AccountFeed.Account;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamInfo;
import io.imagebus.bus.StreamPublisher;
import io.imagebus.bus.TopicKey;
import io.imagebus.bus.VariantFeed;
import io.imagebus.bus.VariantLine;
import io.imagebus.bus.VariantOrders;
import io.imagebus.bus.VariantOrders.Order;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Variant;
import io.imagebus.image.codec.PictureCodec;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the variants that the cluster asks for of this node's streams, or of those whose node has
 * too much to do. One instance a node; it only says what is to be done, worker threads do it.
 */
public final class CompressionVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(CompressionVerticle.class);
  private static final long SECOND_MILLIS = 1_000;

  private final CompressionSettings settings;
  private final Clock clock;
  private final Supplier<PictureCodec> codecs;
  private final CompressionLedger ledger = new CompressionLedger();
  private final Map<StreamId, SourceStream> sources = new LinkedHashMap<>();
  private final Set<TopicKey> made = new HashSet<>();
  private final LoadSense load = new LoadSense();
  private @Nullable CodecPool pool;
  private boolean full;

  /**
   * The compression of one node.
   *
   * @param codecs opens a codec, on the thread that will use it
   */
  public CompressionVerticle(
      CompressionSettings settings, Clock clock, Supplier<PictureCodec> codecs) {
    this.settings = settings;
    this.clock = clock;
    this.codecs = codecs;
  }

  @Override
  public Future<?> start() {
    CodecPool workers =
        new CodecPool(settings, clock, codecs, task -> context.runOnContext(any -> task.run()));
    pool = workers;
    // Of what replaces a variant's stream, its source or who makes it, the order tells.
    StreamPublisher bus = new StreamPublisher(vertx, replaced -> {});
    VariantOrders.listen(vertx, order -> ordered(order, workers, bus), this::on);
    vertx.setPeriodic(SECOND_MILLIS, timer -> everySecond(workers));
    return Future.succeededFuture();
  }

  private void ordered(Order order, CodecPool workers, StreamPublisher bus) {
    StreamInfo source = order.source();
    SourceStream stream =
        sources.computeIfAbsent(source.id(), any -> sourceStream(source, workers, bus));
    release(source, stream.variants());
    stream.make(admit(source, order.made()), order.resting());
    if (stream.isIdle()) {
      sources.remove(source.id());
    }
  }

  private SourceStream sourceStream(StreamInfo source, CodecPool workers, StreamPublisher bus) {
    return new SourceStream(
        source,
        workers,
        ledger,
        variant ->
            new VariantStream(source, variant, settings, bus, ledger.of(source.topic(), variant)));
  }

  private void release(StreamInfo source, Set<Variant> variants) {
    variants.forEach(variant -> made.remove(new TopicKey(source.topic(), variant)));
  }

  /** As many of them as the bound has room for. */
  private Set<Variant> admit(StreamInfo source, Set<Variant> variants) {
    Set<Variant> admitted = new HashSet<>();
    for (Variant variant : variants) {
      if (made.size() < settings.maxVariants()) {
        made.add(new TopicKey(source.topic(), variant));
        admitted.add(variant);
      } else if (!full) {
        full = true;
        LOG.warn(
            "{} variants are made (compression.max-variants); {} of {} and others are not",
            made.size(),
            variant,
            source.topic());
      }
    }
    full = made.size() >= settings.maxVariants();
    return admitted;
  }

  private void on(StreamEvent event) {
    SourceStream stream = sources.get(event.stream());
    if (stream == null) {
      return;
    }
    if (event instanceof Arrived arrived) {
      stream.arrived(arrived.frame());
    } else if (event instanceof Skipped skipped) {
      stream.skipped(skipped);
    } else if (event instanceof Opened) {
      stream.reopened();
    } else if (event instanceof Ended ended) {
      stream.ended(ended.why());
    }
  }

  private void everySecond(CodecPool workers) {
    sources.values().forEach(SourceStream::beat);
    List<VariantLine> lines = ledger.lines(made::contains);
    VariantFeed.report(vertx, new VariantFeed.Account(workers.state(), ledger.topics(), lines));
    if (settings.sharesWork()) {
      load.look(workers.state(), ledger.leftOutForWantOfTime(), clock.nanoTime());
      VariantOrders.tellLoad(vertx, load.leavesOut(), load.hasRoom());
    }
    AccountFeed.report(
        vertx, new Account("compression", List.of(), CompressionLedger.toJson(lines)));
  }

  @Override
  public Future<?> stop() {
    sources.values().forEach(stream -> stream.ended(EndReason.DRAIN));
    if (pool != null) {
      pool.close();
    }
    return Future.succeededFuture();
  }
}
