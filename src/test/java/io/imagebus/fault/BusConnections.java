package io.imagebus.fault;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the connections that the event buses of some hosts open to each other, by looking at the
 * hosts' tables twice a second: an attempt that gets no answer stays there for seconds. To be
 * closed.
 */
final class BusConnections implements AutoCloseable {

  private static final long EVERY_MILLIS = 500;

  /** Local and remote address of a connection to an event bus. */
  private static final Pattern CONNECTION =
      Pattern.compile("(\\S+:\\d+)\\s+(\\S+):" + FaultCluster.BUS_PORT + "\\b");

  private final NetworkLab lab;
  private final List<Integer> hosts;
  private final Set<String> before;
  private final Set<String> seen = new HashSet<>();
  private volatile boolean closed;
  private final Thread watch;

  BusConnections(NetworkLab lab, List<Integer> hosts) {
    this.lab = lab;
    this.hosts = hosts;
    this.before = look();
    this.watch = LinkProxy.daemon("bus connections", this::watch);
  }

  private void watch() {
    while (!closed) {
      Set<String> now = look();
      synchronized (seen) {
        seen.addAll(now);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(EVERY_MILLIS * 1_000_000);
    }
  }

  private Set<String> look() {
    Set<String> connections = new HashSet<>();
    for (int host : hosts) {
      List<String> command = new ArrayList<>(lab.on(host));
      command.addAll(List.of("ss", "-Htan", "dport", "=", ":" + FaultCluster.BUS_PORT));
      for (String line : Shell.run(command.toArray(String[]::new)).split("\n", -1)) {
        Matcher connection = CONNECTION.matcher(line);
        if (connection.find() && isAmong(connection.group(2))) {
          connections.add(connection.group());
        }
      }
    }
    return connections;
  }

  private boolean isAmong(String address) {
    return hosts.stream().anyMatch(host -> lab.address(host).equals(address));
  }

  /** Connections, also attempts at one, since the count began. */
  int opened() {
    synchronized (seen) {
      Set<String> opened = new HashSet<>(seen);
      opened.removeAll(before);
      return opened.size();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    watch.join();
  }
}
