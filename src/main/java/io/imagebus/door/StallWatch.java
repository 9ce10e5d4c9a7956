package io.imagebus.door;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;

/** For how long a channel's peer has taken nothing. Owned by the channel's event loop. */
interface StallWatch {

  /** The best watch for a channel. */
  static StallWatch of(Channel channel) {
    return channel instanceof EpollSocketChannel epoll
        ? new KernelStallWatch(epoll)
        : new QueueStallWatch(channel);
  }

  /**
   * To be asked about once a second.
   *
   * @param wrote whether something was written since the last time
   * @return 0 if the peer takes what is written
   */
  long nanos(boolean wrote, long nowNanos);
}
