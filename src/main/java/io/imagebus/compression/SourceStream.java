package io.imagebus.compression;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.bus.StreamInfo;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.compression.JobResult.Failure;
import io.imagebus.flow.LatestFrameSlot;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Variant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * One frame is in the works, one waits. The next frame of the source is the waiting one's deadline:
 * it takes its place, and the older one is announced as passed over, behind the frame in the works
 * and before itself, where its number belongs:
 *
 *   in the works | left out: before | waiting | left out: after
 */
/**
 * One stream of which variants are asked for, or were a moment ago: those rest. Bound: the frame in
 * the works, one that waits, and the newest, for variants that are asked for between two frames.
 * Owned by one event loop.
 */
final class SourceStream implements CodecPool.Customer {

  private static final Logger LOG = LoggerFactory.getLogger(SourceStream.class);

  private final StreamInfo info;
  private final CodecPool pool;
  private final CompressionLedger ledger;
  private final Function<Variant, VariantStream> streams;
  private final Map<Variant, VariantStream> variants = new LinkedHashMap<>();
  private final Map<Variant, VariantStream> resting = new HashMap<>();
  private final LatestFrameSlot<ChunkedFrame> slot = new LatestFrameSlot<>();
  private Map<SkipReason, Long> before = new EnumMap<>(SkipReason.class);
  private Map<SkipReason, Long> after = new EnumMap<>(SkipReason.class);
  private Map<SkipReason, Long> ofJob = new EnumMap<>(SkipReason.class);
  private @Nullable ChunkedFrame newest;
  private @Nullable EndReason ending;
  private boolean repeats;
  private boolean queued;
  private boolean inWork;
  private boolean failing;

  /**
   * A stream that nothing is made of yet.
   *
   * @param streams opens variants
   */
  SourceStream(
      StreamInfo info,
      CodecPool pool,
      CompressionLedger ledger,
      Function<Variant, VariantStream> streams) {
    this.info = info;
    this.pool = pool;
    this.ledger = ledger;
    this.streams = streams;
  }

  /**
   * Makes these variants from now on, and no others.
   *
   * @param kept variants whose streams stay open, though nothing is made of them
   */
  void make(Set<Variant> wanted, Set<Variant> kept) {
    for (Variant unwanted : Set.copyOf(variants.keySet())) {
      if (!wanted.contains(unwanted)) {
        resting.put(unwanted, variants.remove(unwanted));
      }
    }
    boolean isMore = false;
    for (Variant variant : wanted) {
      if (!variants.containsKey(variant)) {
        VariantStream rested = resting.remove(variant);
        if (rested != null) {
          rested.resume();
        }
        variants.put(variant, rested == null ? streams.apply(variant) : rested);
        isMore = true;
      }
    }
    for (Variant gone : Set.copyOf(resting.keySet())) {
      if (!kept.contains(gone)) {
        resting.remove(gone).end(EndReason.UNWANTED);
      }
    }
    if (variants.isEmpty()) {
      newest = null;
    } else if (isMore && newest != null && slot.peek() == null) {
      slot.offer(newest);
      repeats = true;
      queue();
    }
  }

  /** Whether nothing is made of it, nor may soon be again. */
  boolean isIdle() {
    return variants.isEmpty() && resting.isEmpty();
  }

  Set<Variant> variants() {
    return variants.keySet();
  }

  void arrived(ChunkedFrame frame) {
    newest = frame;
    ChunkedFrame displaced = slot.offer(frame);
    if (displaced != null) {
      if (!repeats) {
        before.merge(SkipReason.COMPRESSION_BUSY, 1L, Long::sum);
      }
      after.forEach((reason, frames) -> before.merge(reason, frames, Long::sum));
      after.clear();
    }
    repeats = false;
    queue();
  }

  /** Frames of the source that are none for this node either. */
  void skipped(Skipped skip) {
    if (skip.frames() > 0) {
      (slot.peek() == null ? before : after).merge(skip.reason(), skip.frames(), Long::sum);
      tellIfIdle();
    }
  }

  /** The source is over: so are the variants, once what has come is made. */
  void ended(EndReason why) {
    ending = why;
    tellIfIdle();
  }

  /** The source goes on after its node was given up. */
  void reopened() {
    ending = null;
  }

  private void queue() {
    if (!queued && !inWork) {
      queued = true;
      pool.queue(this);
    }
  }

  @Override
  public @Nullable PictureJob begin() {
    queued = false;
    ChunkedFrame frame = slot.take();
    repeats = false;
    List<Recipe> recipes = new ArrayList<>();
    if (frame != null) {
      for (VariantStream stream : variants.values()) {
        if (stream.lacks(frame.number())) {
          recipes.add(stream.recipe());
        }
      }
    }
    ofJob = before;
    before = after;
    after = new EnumMap<>(SkipReason.class);
    if (frame == null || recipes.isEmpty()) {
      tell(ofJob);
      tellIfIdle();
      return null;
    }
    inWork = true;
    return new PictureJob(frame, recipes);
  }

  private void tell(Map<SkipReason, Long> leftOut) {
    variants.values().forEach(stream -> stream.leaveOut(leftOut));
    leftOut.clear();
  }

  @Override
  public void finish(JobResult result) {
    ledger.decoded(info.topic(), result.decoded(), result.isDamaged());
    note(result);
    tell(ofJob);
    List<Future<?>> opening = new ArrayList<>();
    for (Recipe recipe : result.job().recipes()) {
      VariantStream stream = streamOf(recipe.variant());
      JobResult.Made made = result.made().get(recipe.variant());
      if (stream != null && made != null) {
        Future<Void> published = stream.publish(result.job().frame(), made);
        if (!published.isComplete()) {
          opening.add(published);
        }
      } else if (stream != null) {
        stream.leaveOut(
            Map.of(result.failure().map(Failure::reason).orElse(SkipReason.DAMAGED), 1L));
      }
    }
    if (opening.isEmpty()) {
      goOn();
    } else {
      Future.join(opening)
          .onFailure(e -> LOG.warn("no stream for a variant of {}: {}", info.topic(), e))
          .onComplete(any -> goOn());
    }
  }

  private @Nullable VariantStream streamOf(Variant variant) {
    VariantStream stream = variants.get(variant);
    return stream == null ? resting.get(variant) : stream;
  }

  /** One line when pictures cannot be decoded any more, and when they can again. */
  private void note(JobResult result) {
    boolean fails = result.failure().isPresent();
    if (fails != failing) {
      failing = fails;
      LOG.info(
          "topic {} frame {}: {}",
          info.topic(),
          result.job().frame().number(),
          result
              .failure()
              .map(failure -> "no variant can be made, " + failure.why())
              .orElse("decoded again"));
    }
  }

  private void goOn() {
    inWork = false;
    if (slot.peek() != null) {
      queue();
    } else {
      tellIfIdle();
    }
  }

  private void tellIfIdle() {
    if (inWork || slot.peek() != null) {
      return;
    }
    tell(before);
    EndReason why = ending;
    if (why != null) {
      variants.values().forEach(stream -> stream.end(why));
      resting.values().forEach(stream -> stream.end(why));
    }
  }

  /** Signs of life of all variants; to be called each second. */
  void beat() {
    variants.values().forEach(VariantStream::beat);
  }
}
