package io.imagebus.bus;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/*
 * Vert.x reads a length from whoever connects to the event bus and collects so many bytes, up to
 * 2 GiB; it offers no way to bound that or to see the connection first. Netty does: an extension,
 * found as a service, that is shown every accepted connection of the JVM. Hence the static state.
 */
/**
 * Puts {@link EventBusFrames} before every connection that an event bus of this JVM accepts.
 * Thread-safe.
 */
public final class EventBusGuard extends ChannelInitializerExtension {

  private static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

  /** Lets Netty find this class; to be called before the first server of the JVM is started. */
  static void enable() {
    System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
  }

  /** Guards a port on which an event bus listens, or will. */
  static void watch(int port) {
    PORTS.add(port);
  }

  @Override
  public void postInitializeServerChildChannel(Channel accepted) {
    if (accepted.localAddress() instanceof InetSocketAddress address
        && PORTS.contains(address.getPort())) {
      accepted.pipeline().addFirst(new EventBusFrames());
    }
  }
}
