package io.imagebus.config;

import io.imagebus.frame.VariantLadder;
import java.util.List;
import java.util.stream.Stream;

/** How smaller forms of pictures are made for displays that ask for them. */
@Section("How smaller forms of pictures (variants) are made for displays that ask for them.")
public record Compression(
    @Key(
            preset = "0",
            max = 1_024,
            doc =
                "Threads that decode and encode, each with a codec of its own. 0: as many as the"
                    + " machine has processors. More take time from delivery, fewer leave frames out"
                    + " sooner (compression-busy).")
        int threads,
    @Key(
            preset = "160, 320, 640, 960, 1280, 1920",
            doc =
                "Widths in which variants are made, ascending, comma separated; heights follow at"
                    + " 16:9. What displays ask for is rounded up to one of them, so that similar"
                    + " tiles share one. Use the same on every node.")
        String widths,
    @Key(
            preset = "75",
            min = 1,
            max = 100,
            doc = "Quality of variants that are asked for without one, on the scale of libjpeg.")
        int quality,
    @Key(
            preset = "1000",
            min = 1,
            max = 100_000,
            doc =
                "Variants that this node makes at a time. Further ones are not made; who asks for"
                    + " them sees no picture.")
        int maxVariants) {

  public Compression {
    new Constraints(Compression.class, threads, widths, quality, maxVariants)
        .require("compression.widths", isLadder(widths), "ascending widths, comma separated")
        .enforce();
  }

  /** The forms that displays are offered. */
  public VariantLadder ladder() {
    return ladderOf(widths);
  }

  private static boolean isLadder(String text) {
    try {
      ladderOf(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static VariantLadder ladderOf(String text) {
    List<Integer> parsed =
        Stream.of(text.split(",", -1)).map(String::strip).map(Integer::valueOf).toList();
    return new VariantLadder(parsed);
  }
}
