package io.imagebus.door;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes through the public interface of Vert.x, with its copies: for sockets that compress their
 * messages or belong to another event loop. Without the kernel's word a client counts as stalled as
 * soon as no whole message went through.
 */
final class QueuedSocketWriter implements SocketWriter {

  private final ServerWebSocket socket;
  private final List<Runnable> writableHandlers = new ArrayList<>(2);
  private final Handler<AsyncResult<Void>> onWritten = this::onWritten;
  private long submitted;
  private long written;
  private long writtenBefore;
  private long movedNanos;
  private boolean watched;
  private boolean over;

  QueuedSocketWriter(ServerWebSocket socket) {
    this.socket = socket;
    socket.drainHandler(drained -> writableHandlers.forEach(Runnable::run));
  }

  private void onWritten(AsyncResult<Void> result) {
    written++;
  }

  @Override
  public void write(EncodedMessage message) {
    if (isOpen()) {
      submitted++;
      socket.writeBinaryMessage(message.payload()).onComplete(onWritten);
    }
  }

  @Override
  public void writeText(String text) {
    if (isOpen()) {
      submitted++;
      socket.writeTextMessage(text).onComplete(onWritten);
    }
  }

  /** Vert.x flushes by itself. */
  @Override
  public void flush() {}

  private boolean isOpen() {
    return !over && !socket.isClosed();
  }

  @Override
  public boolean isWritable() {
    return isOpen() && !socket.writeQueueFull();
  }

  @Override
  public void onWritable(Runnable handler) {
    writableHandlers.add(handler);
  }

  @Override
  public long stalledNanos(long nowNanos) {
    if (!watched || submitted == written || written != writtenBefore) {
      watched = true;
      movedNanos = nowNanos;
      writtenBefore = written;
    }
    return nowNanos - movedNanos;
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (isOpen()) {
      over = true;
      socket.close(code.code(), CloseReason.fit(reason));
    }
  }

  /** As soon as the public interface can: after what is queued, or at the idle timeout. */
  @Override
  public void abort() {
    close(CloseCode.POLICY, "nothing was read for too long");
  }
}
