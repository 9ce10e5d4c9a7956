package io.imagebus.client;

import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.frame.Topic;

/**
 * One whole picture of a subscription.
 *
 * @param contentType media type, such as {@code image/jpeg}
 * @param receivedNanos when its last chunk came; of a clock that never steps
 * @param latencyMicros from capture to here by the server's clock; below 0 if the clocks disagree
 */
public record ReceivedFrame(
    Topic topic, String contentType, ChunkedFrame frame, long receivedNanos, long latencyMicros) {}
