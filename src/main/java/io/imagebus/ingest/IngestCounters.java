package io.imagebus.ingest;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.Topic;
import io.imagebus.image.PictureInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one ingest instance took and refused, by topic; monotone. Owned by one event loop. */
final class IngestCounters {

  /** The longest list of topics; beyond that the counts go to one called {@code other}. */
  private static final int MAX_TOPICS = 10_000;

  private final Map<String, Counts> byTopic = new HashMap<>();

  /** The counts of one topic. */
  private static final class Counts {
    long frames;
    long bytes;
    long unchangedFrames;
    long unchangedBytes;
    long opened;
    long replaced;
    int width;
    int height;
    long lastCaptureMicros;
    double framesPerSecond;
    long framesAtTick;
    long bytesAtTick;
    double bytesPerSecond;
    final Map<String, Long> refused = new TreeMap<>();
  }

  private Counts of(Topic topic) {
    String name =
        byTopic.size() < MAX_TOPICS || byTopic.containsKey(topic.name()) ? topic.name() : "other";
    return byTopic.computeIfAbsent(name, any -> new Counts());
  }

  void opened(Topic topic) {
    of(topic).opened++;
  }

  void replaced(Topic topic) {
    of(topic).replaced++;
  }

  /** A picture was numbered, and went on or was left out as its topic wants it. */
  void took(Topic topic, Verdict verdict, PictureInfo picture, ChunkedFrame frame) {
    accepted(topic, picture, frame.pictureBytes(), frame.captureMicros());
    if (verdict == Verdict.UNCHANGED) {
      of(topic).unchangedFrames++;
      of(topic).unchangedBytes += frame.pictureBytes();
    }
  }

  void accepted(Topic topic, PictureInfo picture, int bytes, long captureMicros) {
    Counts counts = of(topic);
    counts.frames++;
    counts.bytes += bytes;
    counts.width = picture.widthPixels();
    counts.height = picture.heightPixels();
    counts.lastCaptureMicros = captureMicros;
  }

  void refused(Topic topic, Refusal refusal) {
    of(topic).refused.merge(refusal.code(), 1L, Long::sum);
  }

  /** Rates of the last second, smoothed; to be called each second. */
  void tick() {
    for (Counts counts : byTopic.values()) {
      counts.framesPerSecond = smooth(counts.framesPerSecond, counts.frames - counts.framesAtTick);
      counts.bytesPerSecond = smooth(counts.bytesPerSecond, counts.bytes - counts.bytesAtTick);
      counts.framesAtTick = counts.frames;
      counts.bytesAtTick = counts.bytes;
    }
  }

  private static double smooth(double before, long now) {
    double mean = before == 0 ? now : before * 0.6 + now * 0.4;
    return mean < 0.01 ? 0 : mean;
  }

  /** The counts of all topics that ever published here. */
  JsonArray toJson() {
    JsonArray topics = new JsonArray();
    byTopic.forEach(
        (name, counts) -> {
          JsonObject refused = new JsonObject();
          counts.refused.forEach(refused::put);
          topics.add(
              new JsonObject()
                  .put("topic", name)
                  .put("frames", counts.frames)
                  .put("bytes", counts.bytes)
                  .put("unchangedFrames", counts.unchangedFrames)
                  .put("unchangedBytes", counts.unchangedBytes)
                  .put("streamsOpened", counts.opened)
                  .put("streamsReplaced", counts.replaced)
                  .put("refused", refused)
                  .put("width", counts.width)
                  .put("height", counts.height)
                  .put("fps", Math.round(counts.framesPerSecond * 10) / 10.0)
                  .put("bytesPerSecond", Math.round(counts.bytesPerSecond))
                  .put("lastCaptureMicros", counts.lastCaptureMicros));
        });
    return topics;
  }
}
