package io.imagebus.client;

import io.imagebus.frame.Topic;
import io.imagebus.sequence.SequenceCounts;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one subscription knows of one topic, since it began.
 *
 * @param state {@code live}, {@code silent}, {@code ended} with the reason, {@code reconnecting},
 *     {@code offline} or what the source says of itself
 * @param chunks the account of chunks from the server to here
 * @param frames whole pictures received
 * @param frameBytes bytes of these pictures
 * @param brokenFrames pictures begun of which a chunk never came, or that contradict themselves
 * @param missed what passed while there was no connection
 * @param skippedFrames pictures that the senders left out on purpose, by reason
 */
public record TopicStatus(
    Topic topic,
    String state,
    SequenceCounts chunks,
    long frames,
    long frameBytes,
    long brokenFrames,
    MissedNumbers missed,
    Map<String, Long> skippedFrames) {

  public TopicStatus {
    skippedFrames = Collections.unmodifiableMap(new TreeMap<>(skippedFrames));
  }
}
