package io.imagebus.bus;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what comes in on a connection of the event bus, without changing or keeping any of it,
 * and closes the connection if it cannot come from another node. Each message is
 *
 * <pre>
 * +---------------------------------------------------------------+
 * |              length of what follows, bytes (32)               |  0
 * +---------------+-----------------------------------------------+
 * |  version = 2  |  ...                                          |  4
 * +---------------+-----------------------------------------------+
 * </pre>
 *
 * Owned by the connection's event loop.
 */
final class EventBusFrames extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(EventBusFrames.class);

  private static final byte VERSION = 2;

  /** The largest is a node's whole account: some kilobytes for each of ten thousand topics. */
  static final int MAX_BYTES = 64 << 20;

  /** A node that connects has something to say. */
  static final long FIRST_MESSAGE_MILLIS = 8_000;

  private int length;
  private int lengthBytes;
  private int left;
  private boolean versionNext;
  private boolean spoke;
  private @Nullable Future<?> deadline;

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    deadline =
        context
            .executor()
            .schedule(
                () -> {
                  if (!spoke) {
                    shutOut(context, "no whole message for " + FIRST_MESSAGE_MILLIS + " ms");
                  }
                },
                FIRST_MESSAGE_MILLIS,
                TimeUnit.MILLISECONDS);
    super.channelActive(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (deadline != null) {
      deadline.cancel(false);
    }
    super.channelInactive(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && !arePlausible(bytes)) {
      ReferenceCountUtil.release(message);
      shutOut(context, "bytes that are no message of an event bus");
    } else {
      super.channelRead(context, message);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a close that fails finds the channel closed
  private static void shutOut(ChannelHandlerContext context, String why) {
    LOG.info("event bus: {} is shut out: {}", context.channel().remoteAddress(), why);
    Future<Void> unused = context.close();
  }

  private boolean arePlausible(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (left == 0) {
        if (!takeLengthByte(bytes.getByte(at))) {
          return false;
        }
        at++;
      } else if (versionNext && bytes.getByte(at) != VERSION) {
        return false;
      } else {
        int skipped = Math.min(left, end - at);
        versionNext = false;
        at += skipped;
        left -= skipped;
        spoke |= left == 0;
      }
    }
    return true;
  }

  /** Takes one of the four bytes of a length; returns false if the length cannot be one. */
  private boolean takeLengthByte(byte next) {
    length = length << Byte.SIZE | Byte.toUnsignedInt(next);
    lengthBytes++;
    if (lengthBytes < Integer.BYTES) {
      return true;
    }
    left = length;
    lengthBytes = 0;
    length = 0;
    versionNext = true;
    return left > 0 && left <= MAX_BYTES;
  }
}
