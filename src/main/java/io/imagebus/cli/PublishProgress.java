package io.imagebus.cli;

import io.imagebus.client.PublicationCounts;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells how publishing goes. Owned by one event loop. */
final class PublishProgress {

  private static final double MEGA = 1e6;

  private final StatusLine status;
  private final ConnectionNotes connection;
  private PublicationCounts before = PublicationCounts.NONE;
  private final long startNanos;
  private long beforeNanos;

  PublishProgress(StatusLine status, ConnectionNotes connection, long nowNanos) {
    this.status = status;
    this.connection = connection;
    this.startNanos = nowNanos;
    this.beforeNanos = nowNanos;
  }

  /** How it goes now; the rates are those since the last time. */
  void show(PublicationCounts counts, long nowNanos) {
    double seconds = seconds(beforeNanos, nowNanos);
    double fps = (counts.sent() - before.sent()) / seconds;
    double megabytes = (counts.sentBytes() - before.sentBytes()) / seconds / MEGA;
    before = counts;
    beforeNanos = nowNanos;
    status.show(
        String.format(
            Locale.ROOT,
            "sent %,d  accepted %,d  %.1f fps  %.2f MB/s  rejected %,d  dropped %,d  %s",
            counts.sent(),
            counts.accepted(),
            fps,
            megabytes,
            counts.rejected() + counts.refused(),
            counts.dropped(),
            connection.word()));
  }

  /** How it went. */
  void summary(PublishRun.Outcome outcome, long nowNanos) {
    PublicationCounts counts = outcome.counts();
    double seconds = seconds(startNanos, nowNanos);
    status.note(
        String.format(
            Locale.ROOT,
            "%,d pictures given, %,d sent (%.1f fps, %.2f MB/s), %,d accepted, %,d rejected, %,d"
                + " unconfirmed, %,d dropped for newer ones, %,d too large to send",
            counts.offered(),
            counts.sent(),
            counts.sent() / seconds,
            counts.sentBytes() / seconds / MEGA,
            counts.accepted(),
            counts.rejected(),
            counts.unconfirmed(),
            counts.dropped(),
            counts.refused()));
    if (counts.dropped() > counts.sent()) {
      status.note("the input was faster than the node; --fps 0 sends every picture");
    }
    if (outcome.leftOut() > 0) {
      status.note(
          String.format(
              Locale.ROOT, "%,d damaged pictures of the input left out", outcome.leftOut()));
    }
  }

  private static double seconds(long fromNanos, long toNanos) {
    return Math.max(1, toNanos - fromNanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
