package io.imagebus.door;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * The channel's queue alone cannot tell a dead client from one that reads 2 KB/s: the kernel takes
 * the next bytes only when 128 KiB have drained, a minute later. So on Linux the kernel is asked.
 * A client that reads nothing still answers the probes of its closed window, but gets no data; one
 * that has vanished gets data again and again, but answers nothing. Dead is where either has lasted.
 */
/** For how long a channel's peer has taken nothing. Owned by the channel's event loop. */
final class StallWatch {

  /** Below this the kernel is not asked. */
  private static final long DOUBT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Channel channel;
  private @Nullable Object head;
  private long headProgress;
  private int queued;
  private long movedNanos;

  StallWatch(Channel channel) {
    this.channel = channel;
  }

  long nanos(long nowNanos) {
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
    long still = nowNanos - movedNanos;
    return still < DOUBT_NANOS ? still : Math.min(still, kernelSays(still));
  }

  private boolean moved(ChannelOutboundBuffer queue) {
    return head == null
        || head != queue.current()
        || headProgress != queue.currentProgress()
        || queued > queue.size();
  }

  private long kernelSays(long otherwise) {
    if (!(channel instanceof EpollSocketChannel epoll) || !epoll.isOpen()) {
      return otherwise;
    }
    try {
      EpollTcpInfo info = epoll.tcpInfo();
      return TimeUnit.MILLISECONDS.toNanos(Math.max(info.lastDataSent(), info.lastAckRecv()));
    } catch (ChannelException e) {
      return otherwise;
    }
  }
}
