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
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to some node of the cluster: finds a server, and another one when it is
 * lost. Owned by one event loop.
 */
final class ServerLink {

  /** Whom the link serves. */
  interface Owner extends Events {

    /** A node welcomed us. */
    void onConnected(BusConnection connection, Welcome welcome);

    /** The state changed; see {@link ConnectionListener#onState}. */
    void onState(ConnectionState state, ServerUrl server, String why);
  }

  private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /** Kept small, so that what waits in the kernel is young. */
  private static final int SEND_BUFFER_BYTES = 512 * 1024;

  private final Vertx vertx;
  private final ServerRing servers;
  private final Owner owner;
  private final WebSocketClient sockets;
  private final Backoff backoff = new Backoff(new SplittableRandom());
  private final List<String> firstFailures = new ArrayList<>();
  private Promise<Void> firstWelcome = Promise.promise();
  private boolean wasWelcomed;
  private ConnectionState state = ConnectionState.IDLE;
  private @Nullable BusConnection current;

  ServerLink(Vertx vertx, List<ServerUrl> servers, Owner owner) {
    this.vertx = vertx;
    this.servers = new ServerRing(servers);
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
    BusConnection attempt = BusConnection.open(vertx, sockets, server, new Relay(server));
    current = attempt;
    attempt
        .welcome()
        .onSuccess(welcome -> onWelcome(attempt, welcome))
        .onFailure(failure -> onFailed(server, String.valueOf(failure.getMessage())));
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

  /** Gives a connection up for one to another server, if it is still the one in use. */
  void moveOn(BusConnection left) {
    if (left == current && state == ConnectionState.ONLINE) {
      current = null;
      left.close();
      CloseCause cause = CloseCause.lost("the node goes down");
      owner.onClosed(cause);
      retry(left.server(), cause.toString(), 1);
    }
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

  /** Hands on what comes, and hears the end. */
  private final class Relay implements Events {

    private final ServerUrl server;

    Relay(ServerUrl server) {
      this.server = server;
    }

    @Override
    public void onControl(ServerMessage message) {
      owner.onControl(message);
    }

    @Override
    public void onFault(String why) {
      owner.onFault(why);
    }

    @Override
    public void onBinary(byte[] bytes) {
      owner.onBinary(bytes);
    }

    @Override
    public void onWritable() {
      owner.onWritable();
    }

    @Override
    public void onClosed(CloseCause cause) {
      if (state != ConnectionState.ONLINE || current == null) {
        return;
      }
      current = null;
      owner.onClosed(cause);
      if (state == ConnectionState.ONLINE) {
        retry(server, cause.toString(), backoff.nextMillis());
      }
    }
  }
}
