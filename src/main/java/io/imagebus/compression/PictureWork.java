package io.imagebus.compression;

import io.imagebus.base.Clock;
import io.imagebus.compression.JobResult.Cost;
import io.imagebus.compression.JobResult.Failure;
import io.imagebus.compression.JobResult.Made;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import io.imagebus.image.quality.Fineness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/*
 * The header is looked into before a decoder sees a byte, and nothing is decoded that can be passed
 * through. Variants that come out as the same encoding, because their bounds differ and the picture
 * does not reach them, share it.
 *
 * Of a picture that may be damaged without a sign no variant is made: it would look as if the node
 * stood for it. The source as it is takes the variant's place where that may have any format and as
 * many bytes.
 */
/** Makes the variants of frames on one worker thread, and measures what that costs. */
final class PictureWork {

  private static final Failure UNVERIFIABLE =
      new Failure(
          SkipReason.UNVERIFIABLE,
          "damage to a lossless WebP, or to one with alpha, does not always show; it is passed on as"
              + " it is where that will do (compression.trust-lossless-webp)");

  private final PictureCodec codec;
  private final CompressionSettings settings;
  private final Clock clock;
  private final Stopwatch stopwatch;

  PictureWork(PictureCodec codec, CompressionSettings settings, Clock clock) {
    this.codec = codec;
    this.settings = settings;
    this.clock = clock;
    this.stopwatch = new Stopwatch(clock);
  }

  /** Does a job. Never throws because of what the picture is. */
  JobResult make(PictureJob job) {
    byte[] source = job.frame().copyPicture();
    Probed probed = PictureProbe.probe(source, 0, source.length, settings.pictures());
    if (!(probed instanceof Probed.Accepted accepted)) {
      return JobResult.failed(job, Cost.NONE, ((Probed.Refused) probed).message());
    }
    PictureInfo info = accepted.info();
    boolean trusted = info.isVerifiable() || settings.trustsLosslessWebp();
    Map<Variant, Made> made = new LinkedHashMap<>();
    List<Recipe> toEncode = new ArrayList<>();
    for (Recipe recipe : job.recipes()) {
      boolean untouched =
          trusted
              ? recipe.isServedBy(info, source.length)
              : recipe.canBeServedBy(info, source.length);
      if (untouched) {
        made.put(recipe.variant(), asItIs(source, info));
      } else {
        toEncode.add(recipe);
      }
    }
    if (!trusted) {
      return new JobResult(job, made, Cost.NONE, Optional.of(UNVERIFIABLE));
    }
    if (toEncode.isEmpty()) {
      return new JobResult(job, made, Cost.NONE, Optional.empty());
    }
    stopwatch.start();
    try (DecodedPicture decoded = codec.decode(source, info, largest(toEncode, info))) {
      Cost decoding = stopwatch.stop();
      encodeAll(decoded, toEncode, made);
      return new JobResult(job, made, decoding, Optional.empty());
    } catch (PictureException e) {
      return JobResult.failed(job, stopwatch.stop(), String.valueOf(e.getMessage()));
    }
  }

  private static Made asItIs(byte[] source, PictureInfo info) {
    return new Made(source, info.format(), info.pixels(), 0, Cost.NONE, OptionalDouble.empty());
  }

  /** The size that covers all that is wanted. */
  private static PictureSize largest(List<Recipe> recipes, PictureInfo info) {
    PictureSize source = new PictureSize(info.uprightWidthPixels(), info.uprightHeightPixels());
    int width = 1;
    int height = 1;
    for (Recipe recipe : recipes) {
      PictureSize size = recipe.of(source).size();
      width = Math.max(width, size.widthPixels());
      height = Math.max(height, size.heightPixels());
    }
    return new PictureSize(width, height);
  }

  private void encodeAll(DecodedPicture decoded, List<Recipe> recipes, Map<Variant, Made> made)
      throws PictureException {
    Map<Recipe.Outcome, Made> done = new HashMap<>();
    for (Recipe recipe : recipes) {
      Recipe.Outcome outcome = recipe.of(decoded.sourceSize());
      Made shared = done.get(outcome);
      if (shared == null) {
        shared = encode(decoded, recipe, outcome);
        done.put(outcome, shared.shared());
      }
      made.put(recipe.variant(), shared);
    }
  }

  private Made encode(DecodedPicture decoded, Recipe recipe, Recipe.Outcome outcome)
      throws PictureException {
    Cost cost = Cost.NONE;
    EncodedPicture encoded;
    Optional<Fineness> fineness = Optional.of(recipe.control().next(clock.nanoTime()));
    do {
      stopwatch.start();
      encoded = decoded.encode(outcome.encoding(fineness.get()));
      cost = cost.plus(stopwatch.stop());
      fineness = recipe.control().again(encoded.bytes().length);
    } while (fineness.isPresent());
    OptionalDouble similarity = OptionalDouble.empty();
    if (recipe.measured() || recipe.control().wantsSimilarity()) {
      double ssim = decoded.similarity(encoded);
      recipe.control().similarity(ssim);
      similarity = OptionalDouble.of(ssim);
    }
    PictureSize size = encoded.encoding().size();
    return new Made(
        encoded.bytes(),
        outcome.format(),
        (long) size.widthPixels() * size.heightPixels(),
        encoded.encoding().wholeQuality(),
        cost,
        similarity);
  }
}
