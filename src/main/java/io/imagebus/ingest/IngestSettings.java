package io.imagebus.ingest;

import io.imagebus.chunk.FrameAssembler;
import io.imagebus.frame.ByTopic;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.image.PictureLimits;
import java.util.List;

/**
 * The bounds of ingest.
 *
 * @param pictures what a picture may be
 * @param chunkBytes payload bytes of the chunks that ingest cuts
 * @param assembly unfinished frames of one publisher of chunks
 * @param postedIdleNanos a topic fed by single requests is closed after this silence
 * @param retentionNanos the account of a topic that nobody publishes is forgotten after this
 * @param unchanged what becomes of pictures that show nothing new; elsewhere they pass
 * @param heartbeatNanos at least so often one of them goes on where they are thinned out
 * @param refusingDamaged the topics on which pictures that cannot be decoded are refused
 */
public record IngestSettings(
    PictureLimits pictures,
    int chunkBytes,
    FrameAssembler.Limits assembly,
    long postedIdleNanos,
    long retentionNanos,
    ByTopic<Unchanged> unchanged,
    long heartbeatNanos,
    List<TopicFilter> refusingDamaged) {

  /** Copies the list. */
  public IngestSettings {
    refusingDamaged = List.copyOf(refusingDamaged);
  }

  /** What a topic wants of its pictures. */
  PicturePolicy policyOf(Topic topic) {
    return new PicturePolicy(
        unchanged.of(topic).orElse(Unchanged.PASS),
        heartbeatNanos,
        refusingDamaged.stream().anyMatch(filter -> filter.matches(topic)));
  }
}
