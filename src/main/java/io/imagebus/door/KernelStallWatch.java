package io.imagebus.door;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import java.util.concurrent.TimeUnit;

/*
 * The channel's queue cannot tell a dead client from one that reads 2 KB/s: the kernel takes the
 * next bytes only when 128 KiB have drained, a minute later. So the kernel is asked (tcp(7),
 * TCP_INFO). A client that reads nothing still answers the probes of its closed window, but no data
 * is sent to it any more; to one that has vanished data is sent again and again, but it answers
 * nothing. What was written and waits behind either has been stalled since then.
 */
/** Knows from the kernel when the peer last took something. */
final class KernelStallWatch implements StallWatch {

  /** The kernel counts in ticks of up to 10 ms; nothing here is that exact. */
  private static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final EpollSocketChannel channel;
  private long askedNanos;
  private long stalledSinceNanos;
  private boolean asked;
  private boolean stalled;

  KernelStallWatch(EpollSocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public long nanos(boolean wrote, long nowNanos) {
    if (!channel.isOpen()) {
      return 0;
    }
    long takenNanos;
    boolean unanswered;
    try {
      EpollTcpInfo info = channel.tcpInfo();
      unanswered = info.unacked() > 0;
      long sentNanos = nowNanos - TimeUnit.MILLISECONDS.toNanos(info.lastDataSent());
      long answeredNanos = nowNanos - TimeUnit.MILLISECONDS.toNanos(info.lastAckRecv());
      takenNanos = unanswered ? Math.min(sentNanos, answeredNanos) : sentNanos;
    } catch (ChannelException e) {
      return 0;
    }
    look(wrote || unanswered || isQueued(), takenNanos, nowNanos);
    return stalled ? nowNanos - stalledSinceNanos : 0;
  }

  private boolean isQueued() {
    ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
    return queue != null && !queue.isEmpty();
  }

  private void look(boolean waits, long takenNanos, long nowNanos) {
    if (stalled && takenNanos - stalledSinceNanos > MARGIN_NANOS) {
      stalled = false;
    }
    if (!stalled && asked && waits && askedNanos - takenNanos > MARGIN_NANOS) {
      stalled = true;
      stalledSinceNanos = askedNanos;
    }
    asked = true;
    askedNanos = nowNanos;
  }
}
