package io.imagebus.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sees only what the kernel takes from the channel's queue, in large steps: a peer that reads a few
 * KB a second looks stalled for up to a minute.
 */
final class QueueStallWatch implements StallWatch {

  private final Channel channel;
  private @Nullable Object head;
  private long headProgress;
  private int queued;
  private long movedNanos;

  QueueStallWatch(Channel channel) {
    this.channel = channel;
  }

  @Override
  public long nanos(boolean wrote, long nowNanos) {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    if (queue == null || queue.isEmpty()) {
      head = null;
      return 0;
    }
    if (moved(queue)) {
      movedNanos = nowNanos;
    }
    head = queue.current();
    headProgress = queue.currentProgress();
    queued = queue.size();
    return nowNanos - movedNanos;
  }

  private boolean moved(ChannelOutboundBuffer queue) {
    return head == null
        || head != queue.current()
        || headProgress != queue.currentProgress()
        || queued > queue.size();
  }
}
