package io.imagebus.client;

import io.imagebus.client.BusConnection.Events;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/*
 * From a node that goes down the link moves while that still serves: it connects to another one
 * first, then the owner brings what is under way to an end, then it changes over. What is missed
 * between is a round trip; the new node begins with the newest picture, so that no picture is missed
 * unless two come in that time.
 */
/**
 * Keeps one connection to some node of the cluster: finds a server, another one when it is lost,
 * and another one in time when its node goes down. Owned by one event loop.
 */
final class ServerLink {

  /** Whom the link serves. */
  interface Owner extends Events {

    /** A node welcomed us. */
    void onConnected(BusConnection connection, Welcome welcome);

    /** Brings what is under way on the connection to an end; another one is ready. */
    Future<Void> onLeaving();

    /** The state changed; see {@link ConnectionListener#onState}. */
    void onState(ConnectionState state, ServerUrl server, String why);
  }

  private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /** Kept small, so that what waits in the kernel is young. */
  private static final int SEND_BUFFER_BYTES = 512 * 1024;

  /** The clients of a node that goes down leave it spread over so long. */
  private static final long SPREAD_MILLIS = 1_000;

  private static final long LEAVE_MILLIS = 2_000;

  private final Vertx vertx;
  private final ServerRing servers;
  private final Owner owner;
  private final WebSocketClient sockets;
  private final SplittableRandom random = new SplittableRandom();
  private final Backoff backoff = new Backoff(random);
  private final List<String> firstFailures = new ArrayList<>();
  private Promise<Void> firstWelcome = Promise.promise();
  private boolean wasWelcomed;
  private ConnectionState state = ConnectionState.IDLE;
  private @Nullable BusConnection current;

  /** The connection that is to be left, while it is. */
  private @Nullable BusConnection leaving;

  ServerLink(Vertx vertx, List<ServerUrl> servers, Owner owner) {
    this.vertx = vertx;
    this.servers = new ServerRing(servers, new Random());
    this.owner = owner;
    this.sockets =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setTryUsePerMessageCompression(false));
  }

  /** Tries each given server once; from the first welcome on the link looks after itself. */
  Future<Void> connect() {
    firstWelcome = Promise.promise();
    firstFailures.clear();
    attempt();
    return firstWelcome.future();
  }

  private void attempt() {
    ServerUrl server = servers.next();
    become(ConnectionState.CONNECTING, server, "");
    BusConnection attempt = open(server);
    current = attempt;
    attempt
        .welcome()
        .onSuccess(welcome -> onWelcome(attempt, welcome))
        .onFailure(failure -> onFailed(server, String.valueOf(failure.getMessage())));
  }

  private BusConnection open(ServerUrl server) {
    Relay relay = new Relay();
    BusConnection opened = BusConnection.open(vertx, sockets, server, relay);
    relay.connection = opened;
    return opened;
  }

  private void onWelcome(BusConnection connection, Welcome welcome) {
    wasWelcomed = true;
    backoff.reset();
    servers.learn(welcome.nodes(), connection.server());
    become(ConnectionState.ONLINE, connection.server(), "");
    owner.onConnected(connection, welcome);
    firstWelcome.tryComplete();
  }

  private void onFailed(ServerUrl server, String why) {
    current = null;
    if (state == ConnectionState.CLOSED) {
      return;
    }
    if (wasWelcomed) {
      retry(server, why, backoff.nextMillis());
      return;
    }
    firstFailures.add(why);
    if (firstFailures.size() < servers.given().size()) {
      become(ConnectionState.WAITING, server, why);
      attempt();
    } else {
      become(ConnectionState.IDLE, server, why);
      firstWelcome.fail(String.join("; ", firstFailures));
    }
  }

  private void retry(ServerUrl server, String why, long waitMillis) {
    become(ConnectionState.WAITING, server, why);
    vertx.setTimer(
        Math.max(1, waitMillis),
        any -> {
          if (state == ConnectionState.WAITING) {
            attempt();
          }
        });
  }

  /** The connected node names the servers beside it; one that names none knows no better. */
  void learn(List<ServerUrl> named) {
    if (!named.isEmpty()) {
      connection().ifPresent(open -> servers.learn(named, open.server()));
    }
  }

  /** The connected node goes down: moves to another. */
  void moveOn() {
    BusConnection left = current;
    if (state != ConnectionState.ONLINE || left == null || leaving != null) {
      return;
    }
    leaving = left;
    if (servers.hasOthers()) {
      vertx.setTimer(1 + random.nextLong(SPREAD_MILLIS), any -> seekSuccessor(left));
    } else {
      owner.onLeaving().onComplete(any -> left.abort("the node goes down"));
    }
  }

  private boolean isLeaving(BusConnection left) {
    return left == leaving && left == current && state == ConnectionState.ONLINE;
  }

  private void seekSuccessor(BusConnection left) {
    if (!isLeaving(left)) {
      return;
    }
    BusConnection attempt = open(servers.next());
    attempt
        .welcome()
        .onSuccess(welcome -> leave(left, attempt, welcome))
        .onFailure(
            failure ->
                vertx.setTimer(Math.max(1, backoff.nextMillis()), any -> seekSuccessor(left)));
  }

  /** What does not end in time is left unconfirmed. */
  private void leave(BusConnection left, BusConnection successor, Welcome welcome) {
    if (!isLeaving(left)) {
      successor.close();
      return;
    }
    Promise<Void> ready = Promise.promise();
    long deadline = vertx.setTimer(LEAVE_MILLIS, any -> ready.tryComplete());
    owner.onLeaving().onComplete(any -> ready.tryComplete());
    ready
        .future()
        .onComplete(
            any -> {
              vertx.cancelTimer(deadline);
              changeOver(left, successor, welcome);
            });
  }

  private void changeOver(BusConnection left, BusConnection successor, Welcome welcome) {
    if (!isLeaving(left)) {
      successor.close();
      return;
    }
    CloseCause cause = CloseCause.lost("the node goes down");
    leaving = null;
    current = null;
    left.close();
    owner.onClosed(cause);
    if (state != ConnectionState.ONLINE) {
      successor.close();
      return;
    }
    become(ConnectionState.WAITING, left.server(), cause.toString());
    become(ConnectionState.CONNECTING, successor.server(), "");
    current = successor;
    onWelcome(successor, welcome);
  }

  /** Ends the link for good. */
  Future<Void> close(String why) {
    if (state == ConnectionState.CLOSED) {
      return Future.succeededFuture();
    }
    BusConnection last = current;
    current = null;
    become(ConnectionState.CLOSED, servers.given().get(0), why);
    firstWelcome.tryFail("closed");
    Future<Void> goodbye = last == null ? Future.succeededFuture() : last.close();
    return goodbye.transform(any -> sockets.close());
  }

  /** The connection, while there is one that was welcomed. */
  Optional<BusConnection> connection() {
    return state == ConnectionState.ONLINE ? Optional.ofNullable(current) : Optional.empty();
  }

  ConnectionState state() {
    return state;
  }

  private void become(ConnectionState next, ServerUrl server, String why) {
    state = state.become(next);
    owner.onState(next, server, why);
  }

  /** Hands on what comes while its connection is the one in use, and hears the end. */
  private final class Relay implements Events {

    private @Nullable BusConnection connection;

    private boolean isCurrent() {
      return connection == current && state == ConnectionState.ONLINE;
    }

    @Override
    public void onControl(ServerMessage message) {
      if (isCurrent()) {
        owner.onControl(message);
      }
    }

    @Override
    public void onFault(String why) {
      if (isCurrent()) {
        owner.onFault(why);
      }
    }

    @Override
    public void onBinary(byte[] bytes) {
      if (isCurrent()) {
        owner.onBinary(bytes);
      }
    }

    @Override
    public void onWritable() {
      if (isCurrent()) {
        owner.onWritable();
      }
    }

    @Override
    public void onClosed(CloseCause cause) {
      BusConnection closed = connection;
      if (!isCurrent() || closed == null) {
        return;
      }
      current = null;
      leaving = null;
      owner.onClosed(cause);
      if (state == ConnectionState.ONLINE) {
        retry(closed.server(), cause.toString(), backoff.nextMillis());
      }
    }
  }
}
