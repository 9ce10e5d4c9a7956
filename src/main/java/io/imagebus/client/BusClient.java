package io.imagebus.client;

import io.imagebus.base.Clock;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.VariantWish;
import io.imagebus.wire.ChunkReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the protocol {@code imagebus.v1}: many topics in both directions over one socket,
 * which it opens anew, there or at another node, when it is lost, and at another node in time when
 * its node goes down. Publications and subscriptions live on; a publication goes on as a new
 * stream.
 *
 * <p>Owned by the event loop of the context that made it: to be called there only, and calls its
 * listeners there.
 */
public final class BusClient {

  private static final long TICK_MILLIS = 200;
  private static final long CLOCK_MILLIS = 10_000;

  /** Questions in quick succession on a new connection: the first answers are slow. */
  private static final int FIRST_CLOCK_QUESTIONS = 6;

  private final Vertx vertx;
  private final Clock clock;
  private final ConnectionListener listener;
  private final ServerLink link;
  private final ClockOffset clockOffset = new ClockOffset();
  private final Set<Conversation> conversations = new LinkedHashSet<>();
  private final Cadence clockQuestions;
  private final long tickTimer;
  private @Nullable Liveness liveness;
  private Optional<Welcome> welcome = Optional.empty();
  private int clockQuestionsAsked;
  private int lastId;

  /** A client that is not connected yet; {@link #close} gives back what it holds. */
  public BusClient(Vertx vertx, Clock clock, List<ServerUrl> servers, ConnectionListener listener) {
    this.vertx = vertx;
    this.clock = clock;
    this.listener = listener;
    this.link = new ServerLink(vertx, servers, new Dispatch());
    this.clockQuestions = new Cadence(CLOCK_MILLIS, clock.nanoTime());
    this.tickTimer = vertx.setPeriodic(TICK_MILLIS, any -> onTick(clock.nanoTime()));
  }

  /**
   * Tries each server once, in their order. From the first welcome on the client reconnects by
   * itself until it is closed.
   *
   * @return fails if no server welcomed us, saying what each answered; then it may be called again
   */
  public Future<Void> connect() {
    return link.connect();
  }

  /**
   * Begins to publish a topic; it takes over from an older publisher of the same topic. Pictures
   * may be given at once, also before the client is connected: the newest waits.
   */
  public Publication publish(Topic topic, ImageFormat format, PublicationListener events) {
    Publication publication =
        new Publication(new Conversation.Setting(vertx, clock, ++lastId), topic, format, events);
    join(publication, publication.closed());
    return publication;
  }

  /**
   * Begins to receive the topics that match.
   *
   * @param acknowledge whether the server may pace us by our acknowledgements, which bounds the age
   *     of what comes; without them it sends what the socket takes
   */
  public Subscription subscribe(
      TopicFilter filter, boolean acknowledge, SubscriptionListener events) {
    return subscribe(filter, VariantWish.SOURCE, acknowledge, events);
  }

  /** Begins to receive the topics that match in the form that is wished for. */
  public Subscription subscribe(
      TopicFilter filter, VariantWish wish, boolean acknowledge, SubscriptionListener events) {
    Subscription subscription =
        new Subscription(
            new Conversation.Setting(vertx, clock, ++lastId),
            filter,
            wish,
            acknowledge,
            clockOffset,
            events);
    join(subscription, subscription.closed());
    return subscription;
  }

  private void join(Conversation conversation, Future<?> over) {
    conversations.add(conversation);
    over.onComplete(any -> conversations.remove(conversation));
    link.connection().ifPresent(conversation::onConnected);
  }

  /** Where the client stands. */
  public ConnectionState state() {
    return link.state();
  }

  /** The node that welcomed us last. */
  public Optional<String> node() {
    return welcome.map(Welcome::node);
  }

  /** How far the server's clock is ahead of ours. */
  public ClockOffset clockOffset() {
    return clockOffset;
  }

  /** Ends everything at once; conversations that are to end well are ended before. */
  public Future<Void> close() {
    stop("the client was closed");
    return link.close("");
  }

  private void stop(String why) {
    vertx.cancelTimer(tickTimer);
    forEach(conversation -> conversation.fail(why));
  }

  private void onTick(long nowNanos) {
    forEach(conversation -> conversation.onTick(nowNanos));
    Liveness watched = liveness;
    if (watched != null) {
      watched.tick(nowNanos);
    }
    if (clockQuestionsAsked < FIRST_CLOCK_QUESTIONS || clockQuestions.isDue(nowNanos)) {
      link.connection().ifPresent(this::askForTime);
    }
  }

  private void askForTime(BusConnection connection) {
    clockQuestionsAsked++;
    connection.send(ControlMessages.time(clock.epochMicros()));
  }

  /** Conversations may end while they are told something. */
  private void forEach(Consumer<Conversation> action) {
    List.copyOf(conversations).forEach(action);
  }

  /** What the link tells, on to those whom it concerns. */
  private final class Dispatch implements ServerLink.Owner {

    @Override
    public void onConnected(BusConnection connection, Welcome greeting) {
      welcome = Optional.of(greeting);
      liveness = new Liveness(connection, clock.nanoTime());
      clockOffset.reset();
      clockQuestionsAsked = 0;
      askForTime(connection);
      forEach(conversation -> conversation.onConnected(connection));
    }

    @Override
    public void onState(ConnectionState state, ServerUrl server, String why) {
      listener.onState(state, server, why);
    }

    @Override
    public void onControl(ServerMessage message) {
      switch (message.type()) {
        case "time" -> onTime(message);
        case "nodes" -> link.learn(Welcome.nodesOf(message));
        case "drain" -> {
          link.learn(Welcome.nodesOf(message));
          link.moveOn();
        }
        case "error" -> onError(message);
        default -> toConversations(message);
      }
    }

    private void toConversations(ServerMessage message) {
      long nowNanos = clock.nanoTime();
      forEach(conversation -> conversation.onControl(message, nowNanos));
    }

    private void onTime(ServerMessage message) {
      clockOffset.add(
          message.numberAt("t0"),
          message.numberAt("t1"),
          message.numberAt("t2"),
          clock.epochMicros());
    }

    @Override
    public Future<Void> onLeaving() {
      List<Future<Void>> leaving = new ArrayList<>();
      forEach(conversation -> leaving.add(conversation.leave(clock.nanoTime())));
      return Future.join(leaving).mapEmpty();
    }

    private void onError(ServerMessage message) {
      if (message.isAboutSomething()) {
        toConversations(message);
      } else {
        listener.onError(message.textOr("code", "error"), message.textOr("message", ""));
      }
    }

    @Override
    public void onFault(String why) {
      listener.onError("bad-server-message", why);
    }

    @Override
    public void onBinary(byte[] bytes) {
      long nowNanos = clock.nanoTime();
      ChunkReader.Read read = ChunkReader.read(bytes);
      forEach(conversation -> conversation.onChunk(read, nowNanos));
    }

    @Override
    public void onWritable() {
      forEach(Conversation::onWritable);
    }

    @Override
    public void onClosed(CloseCause cause) {
      liveness = null;
      long nowNanos = clock.nanoTime();
      forEach(conversation -> conversation.onDisconnected(nowNanos));
      if (cause.isFinal()) {
        stop(cause.toString());
        link.close(cause.toString());
      } else if (cause.isReplaced()) {
        onReplaced();
      }
    }

    /** A newer publisher has the topic: not to be fought over. Subscriptions live on. */
    private void onReplaced() {
      forEach(
          conversation -> {
            if (conversation instanceof Publication publication) {
              publication.fail(Publication.REPLACED);
            }
          });
      if (conversations.isEmpty()) {
        stop(Publication.REPLACED);
        link.close(Publication.REPLACED);
      }
    }
  }
}
