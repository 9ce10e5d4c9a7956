package io.imagebus.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A TCP relay before one server that does to its connections what networks do: delay, a low rate, a
 * stall, a cut, a changed byte. It reads no further than it can write, so that what waits, waits at
 * the sender. To be closed. Thread-safe.
 */
final class LinkProxy implements AutoCloseable {

  private static final int CONNECT_MILLIS = 3_000;

  private final ServerSocket door;
  private final InetSocketAddress target;
  private final Supplier<MessageFormat> up;
  private final Supplier<MessageFormat> down;
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private final Weather weather = new Weather();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicReference<ByteFlips> upFlips = new AtomicReference<>();
  private final AtomicReference<ByteFlips> downFlips = new AtomicReference<>();

  private LinkProxy(
      ServerSocket door,
      InetSocketAddress target,
      Supplier<MessageFormat> up,
      Supplier<MessageFormat> down) {
    this.door = door;
    this.target = target;
    this.up = up;
    this.down = down;
  }

  /**
   * Before the event bus of a node, on any free port.
   *
   * @param address to listen on
   * @param target the node's event bus
   */
  static LinkProxy beforeEventBus(String address, InetSocketAddress target) throws IOException {
    return open(address, target, EventBusFormat::new, LinkProxy::stream);
  }

  /** Before the HTTP port of a node, for WebSockets only. */
  static LinkProxy beforeWebSockets(String address, InetSocketAddress target) throws IOException {
    return open(address, target, WebSocketFormat::new, WebSocketFormat::new);
  }

  /** Bytes without messages. */
  private static MessageFormat stream() {
    return new MessageFormat() {
      @Override
      public int length(byte[] bytes, int available) {
        return available;
      }

      @Override
      public Optional<Place> chunk(byte[] message, int length) {
        return Optional.empty();
      }
    };
  }

  private static LinkProxy open(
      String address,
      InetSocketAddress target,
      Supplier<MessageFormat> up,
      Supplier<MessageFormat> down)
      throws IOException {
    ServerSocket door = new ServerSocket(0, 100, InetAddress.getByName(address));
    LinkProxy proxy = new LinkProxy(door, target, up, down);
    daemon("proxy " + door.getLocalPort(), proxy::accept);
    return proxy;
  }

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        accepted.incrementAndGet();
        daemon("relay " + client.getRemoteSocketAddress(), () -> relay(client));
      } catch (IOException e) {
        // Closed, or the client was gone at once.
      }
    }
  }

  private void relay(Socket client) {
    Socket server = new Socket();
    try {
      server.connect(target, CONNECT_MILLIS);
      Relay relay = new Relay(client, server, weather);
      relays.add(relay);
      relay.run(up.get(), upFlips, down.get(), downFlips);
      relays.remove(relay);
    } catch (IOException e) {
      Relay.reset(client);
      Relay.reset(server);
    }
  }

  /** Where others find the server behind. */
  int port() {
    return door.getLocalPort();
  }

  /** What happens to all bytes that pass. */
  Weather weather() {
    return weather;
  }

  /** Changes chunks on their way to the server. */
  void flipUp(ByteFlips flips) {
    upFlips.set(flips);
  }

  /** Changes chunks on their way from the server. */
  void flipDown(ByteFlips flips) {
    downFlips.set(flips);
  }

  /** Resets the connections that match, as a router that forgot them does. */
  void cut(Predicate<InetAddress> clients) {
    for (Relay relay : relays) {
      if (clients.test(relay.client())) {
        relay.cut();
      }
    }
  }

  /** Connections accepted so far. */
  int accepted() {
    return accepted.get();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut(any -> true);
  }
}
