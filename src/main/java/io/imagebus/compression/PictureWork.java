package io.imagebus.compression;

import io.imagebus.compression.JobResult.Cost;
import io.imagebus.compression.JobResult.Made;
import io.imagebus.frame.Variant;
import io.imagebus.image.PictureInfo;
import io.imagebus.image.PictureLimits;
import io.imagebus.image.PictureProbe;
import io.imagebus.image.Probed;
import io.imagebus.image.codec.DecodedPicture;
import io.imagebus.image.codec.EncodedPicture;
import io.imagebus.image.codec.Encoding;
import io.imagebus.image.codec.PictureCodec;
import io.imagebus.image.codec.PictureException;
import io.imagebus.image.codec.PictureSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/*
 * The header is looked into before a decoder sees a byte, and nothing is decoded that can be passed
 * through. Variants that come out as the same encoding, because their bounds differ and the picture
 * does not reach them, share it.
 */
/** Makes the variants of frames on one worker thread, and measures what that costs. */
final class PictureWork {

  private final PictureCodec codec;
  private final PictureLimits limits;
  private final Stopwatch stopwatch;

  PictureWork(PictureCodec codec, PictureLimits limits, Stopwatch stopwatch) {
    this.codec = codec;
    this.limits = limits;
    this.stopwatch = stopwatch;
  }

  /** Does a job. Never throws because of what the picture is. */
  JobResult make(PictureJob job) {
    byte[] source = job.frame().copyPicture();
    if (!(PictureProbe.probe(source, 0, source.length, limits) instanceof Probed.Accepted probed)) {
      return failed(job, Cost.NONE, "its header is damaged");
    }
    PictureInfo info = probed.info();
    Map<Variant, Made> made = new LinkedHashMap<>();
    List<Recipe> toEncode = new ArrayList<>();
    for (Recipe recipe : job.recipes()) {
      if (recipe.isServedBy(info, source.length)) {
        made.put(recipe.variant(), asItIs(source, info));
      } else {
        toEncode.add(recipe);
      }
    }
    if (toEncode.isEmpty()) {
      return new JobResult(job, made, Cost.NONE, Optional.empty());
    }
    return encodeAll(job, source, info, toEncode, made);
  }

  private static Made asItIs(byte[] source, PictureInfo info) {
    return new Made(source, info.format(), info.pixels(), 0, Cost.NONE);
  }

  private static JobResult failed(PictureJob job, Cost decoded, String why) {
    return new JobResult(job, Map.of(), decoded, Optional.of(why));
  }

  private JobResult encodeAll(
      PictureJob job,
      byte[] source,
      PictureInfo info,
      List<Recipe> recipes,
      Map<Variant, Made> made) {
    stopwatch.start();
    try (DecodedPicture decoded = codec.decode(source, info, largest(recipes, info))) {
      Cost decoding = stopwatch.stop();
      Map<Encoding, Made> done = new HashMap<>();
      for (Recipe recipe : recipes) {
        Encoding wanted = encodingOf(recipe, decoded.sourceSize());
        Made shared = done.get(wanted);
        if (shared == null) {
          shared = encode(decoded, wanted);
          done.put(wanted, withoutCost(shared));
        }
        made.put(recipe.variant(), shared);
      }
      return new JobResult(job, made, decoding, Optional.empty());
    } catch (PictureException e) {
      return failed(job, stopwatch.stop(), String.valueOf(e.getMessage()));
    }
  }

  /** The size that covers all that is wanted; both ways round, as the picture may be turned. */
  private static PictureSize largest(List<Recipe> recipes, PictureInfo info) {
    int width = 1;
    int height = 1;
    for (Recipe recipe : recipes) {
      PictureSize size = recipe.sizeOf(info.widthPixels(), info.heightPixels());
      width = Math.max(width, size.widthPixels());
      height = Math.max(height, size.heightPixels());
    }
    return new PictureSize(width, height);
  }

  private static Encoding encodingOf(Recipe recipe, PictureSize source) {
    return new Encoding(
        recipe.sizeOf(source.widthPixels(), source.heightPixels()),
        recipe.format(),
        recipe.quality());
  }

  private Made encode(DecodedPicture decoded, Encoding wanted) throws PictureException {
    stopwatch.start();
    EncodedPicture encoded = decoded.encode(wanted);
    Cost cost = stopwatch.stop();
    PictureSize size = wanted.size();
    long pixels = (long) size.widthPixels() * size.heightPixels();
    return new Made(encoded.bytes(), wanted.format(), pixels, wanted.quality(), cost);
  }

  private static Made withoutCost(Made made) {
    return new Made(made.picture(), made.format(), made.pixels(), made.quality(), Cost.NONE);
  }
}
