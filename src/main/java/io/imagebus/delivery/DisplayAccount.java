package io.imagebus.delivery;

import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.SequenceCounts;
import java.util.Map;

/**
 * The last hop to one display on one topic, in sequence numbers since it subscribed. Identity:
 * {@code expected = sent + skipped + pending}.
 *
 * @param display name of the connection
 * @param outlet kind of the connection: {@code chunks}, {@code pictures}, {@code mjpeg}
 * @param topic what it shows
 * @param stream the stream of now
 * @param expected numbers due to the display
 * @param sent numbers handed to its socket
 * @param skipped numbers left out on purpose
 * @param pending numbers that wait for the socket
 * @param reported what the display itself says it received, zero if it says nothing
 */
public record DisplayAccount(
    String display,
    String outlet,
    Topic topic,
    StreamId stream,
    long expected,
    long sent,
    Map<SkipReason, Long> skipped,
    long pending,
    SequenceCounts reported) {

  /** Copies the map. */
  public DisplayAccount {
    skipped = Map.copyOf(skipped);
  }
}
