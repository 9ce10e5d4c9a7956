package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.Timing;
import java.util.Map;

/**
 * The last hop to one display on one topic, in sequence numbers since it subscribed. Identity:
 * {@code expected = sent + skipped + pending}.
 *
 * @param display name of the connection
 * @param outlet kind of the connection: {@code chunks}, {@code pictures}, {@code mjpeg}
 * @param shown topic and variant that it shows, or has shown
 * @param stream the newest stream of these
 * @param expected numbers due to the display
 * @param sent numbers handed to its socket
 * @param skipped numbers left out on purpose
 * @param pending numbers that wait for the socket
 * @param reported what the display itself says it received, zero if it says nothing
 * @param frames what it says of whole frames
 * @param timing what it says of how even and how late they came
 */
public record DisplayAccount(
    String display,
    String outlet,
    TopicKey shown,
    StreamId stream,
    long expected,
    long sent,
    Map<SkipReason, Long> skipped,
    long pending,
    SequenceCounts reported,
    FrameCounts frames,
    Timing timing) {

  /** What such an outlet says of the chunks that come to it, if it says something. */
  static final String CHUNKS = "chunks";

  /** The topic that it shows. */
  public Topic topic() {
    return shown.topic();
  }

  /** Copies the map. */
  public DisplayAccount {
    skipped = Map.copyOf(skipped);
  }
}
