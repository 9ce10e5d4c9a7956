package io.imagebus.config;

/** What one display gets and may occupy. */
@Section("What a display gets and may occupy.")
public record Delivery(
    @Key(
            preset = "256KiB",
            min = 4_096,
            max = 16_777_216,
            doc =
                "The kernel's send buffer of a display's socket (SO_SNDBUF). A larger one carries"
                    + " more over long ways and lets a slow display see older pictures.")
        int sendBufferBytes,
    @Key(
            preset = "128KiB",
            min = 4_096,
            max = 16_777_216,
            doc =
                "Bytes in the send buffer that are not yet sent before the socket counts as full"
                    + " (TCP_NOTSENT_LOWAT, Linux). At most delivery.send-buffer-bytes.")
        int unsentBytes,
    @Key(
            preset = "8",
            min = 1,
            max = 1_024,
            doc =
                "Frames under way for each topic to a display that acknowledges. It bounds the age"
                    + " of what it shows, whatever is buffered between.")
        int ackWindowFrames,
    @Key(
            preset = "1000",
            min = 10,
            max = 600_000,
            doc =
                "Longest wait for a display's acknowledgement. One that takes longer is slow and"
                    + " gets fewer frames, the newest first.")
        int ackDelayMillis,
    @Key(
            preset = "1000",
            min = 1,
            max = 100_000,
            doc = "Subscriptions on one socket. Further ones are refused.")
        int maxSubscriptions,
    @Key(
            preset = "10000",
            min = 1,
            max = 1_000_000,
            doc = "Displays on this node. Further ones are refused; they try another node.")
        int maxDisplays,
    @Key(
            preset = "64KiB",
            min = 1_024,
            max = 1_048_576,
            doc = "Longest control message (JSON). A longer one closes the connection.")
        int controlBytes,
    @Key(
            preset = "5",
            min = 1,
            max = 3_600,
            doc = "Interval at which displays report what they received, lost and showed.")
        int reportIntervalSeconds) {

  public Delivery {
    new Constraints(
            Delivery.class,
            sendBufferBytes,
            unsentBytes,
            ackWindowFrames,
            ackDelayMillis,
            maxSubscriptions,
            maxDisplays,
            controlBytes,
            reportIntervalSeconds)
        .atMost("delivery.unsent-bytes", unsentBytes, "delivery.send-buffer-bytes", sendBufferBytes)
        .enforce();
  }
}
