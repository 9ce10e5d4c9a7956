package io.imagebus.delivery;

import io.imagebus.frame.VariantLadder;

/**
 * What delivery may use.
 *
 * @param sendBufferBytes what the kernel may hold for one display
 * @param unsentBytes how much of that may wait for the wire, where the platform can tell
 * @param ackWindowFrames the most frames of one topic under way to a display that acknowledges
 * @param ackDelayMillis the age that the window of such a display aims at
 * @param maxSubscriptions of one socket
 * @param maxDisplays sockets and MJPEG responses of the node that get pictures
 * @param controlBytes longest control message
 * @param reportIntervalSeconds how often a display is asked to report
 * @param staleAfterMillis a stream without a sign of life for this long is stale
 * @param retentionSeconds the account of a topic that nobody shows is forgotten after this
 * @param ladder the forms in which pictures are offered
 */
public record DeliverySettings(
    int sendBufferBytes,
    int unsentBytes,
    int ackWindowFrames,
    int ackDelayMillis,
    int maxSubscriptions,
    int maxDisplays,
    int controlBytes,
    int reportIntervalSeconds,
    int staleAfterMillis,
    int retentionSeconds,
    VariantLadder ladder) {

  /** Checks that there is some of everything; the configuration knows the ranges. */
  public DeliverySettings {
    check("send-buffer-bytes", sendBufferBytes);
    check("unsent-bytes", unsentBytes);
    check("ack-window-frames", ackWindowFrames);
    check("ack-delay-millis", ackDelayMillis);
    check("max-subscriptions", maxSubscriptions);
    check("max-displays", maxDisplays);
    check("control-bytes", controlBytes);
    check("report-interval-seconds", reportIntervalSeconds);
    check("stale-after-millis", staleAfterMillis);
    check("retention-seconds", retentionSeconds);
  }

  /** What a node without any configuration uses. */
  public static DeliverySettings defaults() {
    return new DeliverySettings(
        262_144,
        131_072,
        8,
        1000,
        1000,
        10_000,
        65_536,
        5,
        3000,
        600,
        new VariantLadder(VariantLadder.DEFAULT_WIDTHS));
  }

  private static void check(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("delivery." + key + " is " + value + "; at least 1");
    }
  }
}
