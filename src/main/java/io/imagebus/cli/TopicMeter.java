package io.imagebus.cli;

import io.imagebus.client.Latencies;
import io.imagebus.client.ReceivedFrame;

/** The frames of one topic since the last row of the table. Owned by one event loop. */
final class TopicMeter {

  private final Latencies latencies = new Latencies();
  private long frames;
  private long bytes;

  void add(ReceivedFrame received) {
    frames++;
    bytes += received.frame().pictureBytes();
    latencies.add(received.latencyMicros());
  }

  long frames() {
    return frames;
  }

  /** Mean size of a picture; 0 if there was none. */
  double meanBytes() {
    return frames == 0 ? 0 : (double) bytes / frames;
  }

  Latencies latencies() {
    return latencies;
  }

  void reset() {
    frames = 0;
    bytes = 0;
    latencies.reset();
  }
}
