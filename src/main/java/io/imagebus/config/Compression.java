package io.imagebus.config;

import io.imagebus.frame.ByTopic;
import io.imagebus.frame.VariantLadder;
import java.util.List;
import java.util.regex.Pattern;
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
        int maxVariants,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "What variants are made with on some topics, unless displays ask for a quality or a"
                    + " budget: filters with quality:1 to 100, bytes:most bytes of a picture,"
                    + " bandwidth:most bits a second, or similarity:SSIM to the source, 0.5 to 0.99,"
                    + " comma separated; the first that matches holds: yard/#=bandwidth:2000000,"
                    + " hall/+/door=similarity:0.95. A similarity is measured with each picture,"
                    + " which costs a decode more.")
        String topics,
    @Key(
            preset = "false",
            doc =
                "Whether variants are made of lossless WebP and of WebP with alpha. Damage to these"
                    + " often decodes to another sound picture. false: who asks for a variant gets"
                    + " the source as it is, larger than was asked for, or no picture (unverifiable)"
                    + " if it is of another format or has more bytes than was asked for.")
        boolean trustLosslessWebp,
    @Key(
            preset = "true",
            doc =
                "Whether a node that has to leave out pictures (compression-busy) for seconds lets"
                    + " another make the variants of one of its topics, and makes those of others"
                    + " that have too much to do. The source then goes to that node as well.")
        boolean shareWork) {

  private static final Pattern TARGET =
      Pattern.compile(
          "quality:([1-9][0-9]?|100)|bytes:[1-9][0-9]{2,7}|bandwidth:[1-9][0-9]{3,9}"
              + "|similarity:0\\.[5-9][0-9]?");

  public Compression {
    new Constraints(
            Compression.class,
            threads,
            widths,
            quality,
            maxVariants,
            topics,
            trustLosslessWebp,
            shareWork)
        .require("compression.widths", isLadder(widths), "ascending widths, comma separated")
        .require(
            "compression.topics",
            TopicList.isValues(topics, Compression::isTarget),
            "topic filters with quality, bytes, bandwidth or similarity, comma separated")
        .enforce();
  }

  private static boolean isTarget(String text) {
    return TARGET.matcher(text).matches();
  }

  /** The rules of {@code topics} one by one, such as {@code quality:60}. */
  public ByTopic<String> topicTargets() {
    return TopicList.values(topics, Compression::isTarget);
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
