package io.imagebus.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/*
 * The one class that uses an internal package of Vert.x: for the Netty context of a WebSocket. A
 * message whose frame is already encoded passes Netty's WebSocket encoder as it is, and a whole
 * frame is one write, so that Vert.x's own pongs and closing frames never land inside one. Measured
 * against writeBinaryMessage: 0.6 of the CPU per byte, and a stalled socket holds a reference
 * instead of a copy.
 *
 * When the channel is full, Vert.x keeps its own frames in a queue until it is told of the change.
 * So the change goes to Vert.x first and to the writer's handlers afterwards; the other way round a
 * busy display would never get its pong.
 */
/** Writes encoded frames to the socket's channel, without a copy. */
@SuppressWarnings("FutureReturnValueIgnored") // void promises: a failed write closes the channel
final class DirectSocketWriter implements SocketWriter {

  private final ServerWebSocket socket;
  private final ChannelHandlerContext context;
  private final Channel channel;
  private final StallWatch stall;
  private final List<Runnable> writableHandlers = new ArrayList<>(2);
  private boolean over;
  private boolean wroteSinceAsked;

  private DirectSocketWriter(ServerWebSocket socket, ChannelHandlerContext context) {
    this.socket = socket;
    this.context = context;
    this.channel = context.channel();
    this.stall = StallWatch.of(channel);
  }

  /** Whether the socket can be written to past Vert.x, from the current thread. */
  static boolean fits(ServerWebSocket socket) {
    if (!(socket instanceof WebSocketInternal internal)) {
      return false;
    }
    ChannelHandlerContext context = internal.channelHandlerContext();
    if (context.isRemoved() || !context.executor().inEventLoop()) {
      return false;
    }
    for (Map.Entry<String, ChannelHandler> entry : context.pipeline()) {
      if (entry.getValue() instanceof WebSocketExtensionEncoder) {
        return false;
      }
    }
    return true;
  }

  static DirectSocketWriter attach(ServerWebSocket socket, int sendBufferBytes, int unsentBytes) {
    ChannelHandlerContext context = ((WebSocketInternal) socket).channelHandlerContext();
    DirectSocketWriter writer = new DirectSocketWriter(socket, context);
    Channel channel = context.channel();
    channel.config().setOption(ChannelOption.SO_SNDBUF, sendBufferBytes);
    if (channel instanceof EpollSocketChannel) {
      channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) unsentBytes);
    }
    context.pipeline().addBefore(context.name(), "imagebus-writer", writer.new Watch());
    return writer;
  }

  @Override
  public void write(EncodedMessage message) {
    if (!over) {
      wroteSinceAsked = true;
      context.write(message.share(), context.voidPromise());
    }
  }

  @Override
  public void writeText(String text) {
    if (over) {
      return;
    }
    wroteSinceAsked = true;
    int payloadBytes = ByteBufUtil.utf8Bytes(text);
    int bytes = WebSocketHeader.bytes(payloadBytes) + payloadBytes;
    ByteBuf frame = context.alloc().directBuffer(bytes, bytes);
    WebSocketHeader.write(frame, WebSocketHeader.TEXT, payloadBytes);
    ByteBufUtil.reserveAndWriteUtf8(frame, text, payloadBytes);
    context.write(frame, context.voidPromise());
  }

  @Override
  public void flush() {
    context.flush();
  }

  @Override
  public boolean isWritable() {
    return !over && channel.isWritable();
  }

  @Override
  public void onWritable(Runnable handler) {
    writableHandlers.add(handler);
  }

  @Override
  public long stalledNanos(long nowNanos) {
    boolean wrote = wroteSinceAsked;
    wroteSinceAsked = false;
    return stall.nanos(wrote, nowNanos);
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (!over) {
      over = true;
      socket.close(code.code(), CloseReason.fit(reason));
    }
  }

  @Override
  public void abort() {
    over = true;
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      context.close();
    }
  }

  /** Sees what passes between Vert.x and the channel. */
  private final class Watch extends ChannelDuplexHandler {

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      ctx.fireChannelWritabilityChanged();
      if (isWritable()) {
        writableHandlers.forEach(Runnable::run);
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof CloseWebSocketFrame) {
        over = true;
      }
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof CloseWebSocketFrame) {
        over = true;
      }
      ctx.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      over = true;
      ctx.fireChannelInactive();
    }
  }
}
