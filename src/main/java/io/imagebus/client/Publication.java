package io.imagebus.client;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of one topic on their way to the server, live: when the way is busy, the newest picture
 * waits and older ones are dropped and announced as skipped. Lives through reconnects; each brings
 * a new stream. Owned by the client's event loop.
 */
public final class Publication extends Conversation {

  static final String REPLACED = "a newer publisher has taken the topic over";

  private static final long HEARTBEAT_MILLIS = 700;
  private static final long END_MILLIS = 5_000;

  private final Setting setting;
  private final Topic topic;
  private final ImageFormat format;
  private final PublicationListener listener;
  private final PublicationTally tally = new PublicationTally();
  private final Promise<PublicationCounts> closed = Promise.promise();
  private final Cadence heartbeats;
  private PublicationState state = PublicationState.UNOPENED;
  private @Nullable BusConnection connection;
  private @Nullable OutboundStream stream;
  private @Nullable WaitingPicture waiting;
  private @Nullable Promise<Void> leaving;
  private boolean endWished;

  Publication(Setting setting, Topic topic, ImageFormat format, PublicationListener listener) {
    this.setting = setting;
    this.topic = topic;
    this.format = format;
    this.listener = listener;
    this.heartbeats = new Cadence(HEARTBEAT_MILLIS, setting.clock().nanoTime());
  }

  /**
   * Gives the next picture. A publication that is over, or that was told to end, drops it.
   *
   * @param picture one complete encoded picture; not to be changed afterwards
   * @param captureMicros when it was taken, microseconds since 1970 UTC
   */
  public void publish(byte[] picture, long captureMicros) {
    tally.offered++;
    if (state.isOver() || endWished) {
      tally.dropped++;
      return;
    }
    dropWaiting();
    waiting = new WaitingPicture(picture, captureMicros);
    proceed();
  }

  /** Whether a picture given now waits for nothing but the connection. */
  public boolean isReady() {
    return waiting == null
        && !endWished
        && switch (state) {
          case UNOPENED -> true;
          case OPEN -> stream != null && !stream.isBusy();
          case OPENING, ENDING, ENDED, FAILED -> false;
        };
  }

  /**
   * Ends the stream well, after the picture that waits.
   *
   * @return succeeds when the server confirmed the end, or when there is no stream to end; what the
   *     counts leave unconfirmed was lost with a connection
   */
  public Future<PublicationCounts> end() {
    if (!endWished && !state.isOver()) {
      endWished = true;
      String late = "the server did not confirm the end within " + END_MILLIS / 1_000 + " s";
      long deadline = setting.vertx().setTimer(END_MILLIS, any -> fail(late));
      closed.future().onComplete(any -> setting.vertx().cancelTimer(deadline));
      proceed();
    }
    return closed.future();
  }

  /** Succeeds when the publication has ended well; fails when it could not go on. */
  public Future<PublicationCounts> closed() {
    return closed.future();
  }

  /** What became of the pictures so far. */
  public PublicationCounts counts() {
    return tally.snapshot(stream == null ? 0 : stream.unanswered(), waiting == null ? 0 : 1);
  }

  /** Where the publication stands. */
  public PublicationState state() {
    return state;
  }

  /** Does what is next, as far as the state allows. */
  private void proceed() {
    if (state == PublicationState.OPEN) {
      ifStream(this::sendWaiting);
      if (endWished && waiting == null) {
        sendEnd();
      }
    } else if (state == PublicationState.UNOPENED && waiting == null && endWished) {
      become(PublicationState.ENDED);
      closed.complete(counts());
    } else if (state == PublicationState.UNOPENED && waiting != null && connection != null) {
      become(PublicationState.OPENING);
      connection.send(ControlMessages.publish(setting.id(), topic, format));
    }
  }

  private void proceedAndTell() {
    proceed();
    if (isReady()) {
      listener.onReady();
    }
  }

  private void sendWaiting(OutboundStream open) {
    if (waiting != null && !open.isBusy()) {
      WaitingPicture picture = waiting;
      waiting = null;
      open.send(picture).ifPresent(refusal -> listener.onRejected("too-big", refusal));
    }
  }

  private void sendEnd() {
    ifStream(OutboundStream::end);
    become(PublicationState.ENDING);
  }

  private void dropWaiting() {
    WaitingPicture old = waiting;
    if (old != null) {
      waiting = null;
      tally.dropped++;
      if (state == PublicationState.OPEN) {
        ifStream(open -> open.leaveOut(old.length()));
      }
    }
  }

  @Override
  void onConnected(BusConnection opened) {
    connection = opened;
    proceed();
  }

  @Override
  void onControl(ServerMessage message, long nowNanos) {
    if (stream != null && message.isAbout(stream.id())) {
      onAnswer(stream, message);
    } else if (message.isFor(setting.id())) {
      switch (message.type()) {
        case "published" -> onPublished(message);
        case "error" -> onRefused(message);
        default -> {}
      }
    }
  }

  private void onPublished(ServerMessage message) {
    if (state != PublicationState.OPENING || connection == null) {
      return;
    }
    StreamId id = message.streamAt();
    stream = new OutboundStream(connection, id, tally);
    become(PublicationState.OPEN);
    listener.onOpened(id, message.textOr("node", ""));
    if (leaving == null) {
      proceedAndTell();
    } else {
      sendEnd();
    }
  }

  /** No stream on a node that goes down is no refusal: there will be another node. */
  private void onRefused(ServerMessage message) {
    if (message.textOr("code", "").equals("no-stream") && state == PublicationState.OPENING) {
      become(PublicationState.UNOPENED);
      leaveConnection();
    } else {
      fail(message.textOr("message", message.textOr("code", "refused")));
    }
  }

  private void onAnswer(OutboundStream open, ServerMessage message) {
    switch (message.type()) {
      case "accepted" -> {
        open.onAccepted(message.numberAt("frame"));
        proceedAndTell();
      }
      case "rejected", "error" -> {
        if (message.has("frame") && open.onRejected(message.numberAt("frame"))) {
          listener.onRejected(message.textOr("code", "rejected"), message.textOr("message", ""));
          proceedAndTell();
        }
      }
      case "ended" -> onEnded(message);
      default -> {}
    }
  }

  /** Ended by the server, or by us and confirmed. */
  private void onEnded(ServerMessage message) {
    String why = message.textOr("why", "");
    if (why.equals("replaced")) {
      fail(REPLACED);
      return;
    }
    closeStream();
    become(PublicationState.UNOPENED);
    if (leaving != null || why.equals("drain")) {
      leaveConnection();
    }
    proceedAndTell();
  }

  /** Nothing more on this connection; the next one is to come. */
  private void leaveConnection() {
    connection = null;
    if (leaving != null) {
      leaving.tryComplete();
    }
  }

  private void closeStream() {
    ifStream(OutboundStream::abandon);
    stream = null;
  }

  @Override
  void onWritable() {
    proceedAndTell();
  }

  @Override
  void onTick(long nowNanos) {
    if (state == PublicationState.OPEN && heartbeats.isDue(nowNanos)) {
      ifStream(OutboundStream::heartbeat);
    }
  }

  @Override
  void onDisconnected(long nowNanos) {
    connection = null;
    leaving = null;
    closeStream();
    if (state != PublicationState.UNOPENED) {
      become(PublicationState.UNOPENED);
    }
    proceed();
  }

  @Override
  Future<Void> leave(long nowNanos) {
    if (state == PublicationState.UNOPENED) {
      connection = null;
      return Future.succeededFuture();
    }
    Promise<Void> left = Promise.promise();
    leaving = left;
    if (state == PublicationState.OPEN) {
      sendEnd();
    }
    return left.future();
  }

  @Override
  void fail(String why) {
    if (!state.isOver()) {
      become(PublicationState.FAILED);
      closeStream();
      dropWaiting();
      listener.onFailed(why);
      closed.fail(why);
    }
  }

  private void ifStream(Consumer<OutboundStream> action) {
    if (stream != null) {
      action.accept(stream);
    }
  }

  private void become(PublicationState next) {
    state = state.become(next);
  }
}
