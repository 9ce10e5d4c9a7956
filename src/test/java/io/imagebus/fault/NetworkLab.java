package io.imagebus.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.imagebus.testbed.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small network on this machine: hosts 1 to n in network namespaces, joined by a bridge in one of
 * its own, and this JVM at the address .254. The hosts have no way out. To be closed, which removes
 * everything; what a killed JVM left behind is removed by the next lab. Thread-safe.
 */
final class NetworkLab implements AutoCloseable {

  /** The pid of the JVM that owns a namespace is in its name. */
  private static final Pattern NAME = Pattern.compile("ibus-(\\d+)-(\\d+)-\\S+");

  /** The bridge's port to this JVM. */
  private static final String UP = "up0";

  private static final AtomicInteger LABS = new AtomicInteger();

  private final long pid = ProcessHandle.current().pid();
  private final int number = LABS.incrementAndGet();
  private final String prefix = "ibus-" + pid + "-" + number + "-";
  private final String uplink = "ib" + pid + "n" + number;
  private final String net =
      "10." + (100 + pid % 100) + "." + ((pid / 100 + number) % 250 + 1) + ".";
  private final int hosts;

  private NetworkLab(int hosts) {
    this.hosts = hosts;
  }

  /** A lab of hosts 1 to n; skips the test with one line where there cannot be one. */
  static NetworkLab open(int hosts) {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "fault tests make network namespaces: run them as root");
    Programs.IP.require();
    Programs.TC.require();
    Programs.IPTABLES.require();
    removeStale();
    NetworkLab lab = new NetworkLab(hosts);
    try {
      lab.build();
      return lab;
    } catch (RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void build() {
    String bridge = prefix + "sw";
    Shell.run("ip", "netns", "add", bridge);
    Shell.run("ip", "-n", bridge, "link", "add", "br0", "type", "bridge");
    Shell.run("ip", "-n", bridge, "link", "set", "br0", "up");
    for (int host = 1; host <= hosts; host++) {
      Shell.run("ip", "netns", "add", namespace(host));
      plug("eth0", namespace(host), "p" + host);
      Shell.run("ip", "-n", namespace(host), "link", "set", "lo", "up");
      String address = address(host) + "/24";
      Shell.run("ip", "-n", namespace(host), "addr", "add", address, "dev", "eth0");
      Shell.run("ip", "-n", namespace(host), "link", "set", "eth0", "up");
    }
    Shell.run("ip", "link", "add", uplink, "type", "veth", "peer", "name", UP, "netns", bridge);
    Shell.run("ip", "-n", bridge, "link", "set", UP, "master", "br0", "up");
    Shell.run("ip", "addr", "add", outside() + "/24", "dev", uplink);
    Shell.run("ip", "link", "set", uplink, "up");
  }

  private void plug(String device, String namespace, String port) {
    String bridge = prefix + "sw";
    Shell.run(
        "ip", "link", "add", device, "netns", namespace, "type", "veth", "peer", "name", port,
        "netns", bridge);
    Shell.run("ip", "-n", bridge, "link", "set", port, "master", "br0", "up");
  }

  private String namespace(int host) {
    return prefix + "h" + host;
  }

  /** The IP address of a host. */
  String address(int host) {
    return net + host;
  }

  /** The IP address of this JVM in the lab. */
  String outside() {
    return net + 254;
  }

  /** What to put before a command so that it runs on a host, in the same process. */
  List<String> on(int host) {
    return List.of("ip", "netns", "exec", namespace(host));
  }

  /** From now on nothing that one host sends arrives at the other; silence, not a refusal. */
  void cut(int from, int to) {
    iptables(from, "-A", "OUTPUT", "-d", address(to), "-j", "DROP");
  }

  /** Ends a cut. */
  void heal(int from, int to) {
    iptables(from, "-D", "OUTPUT", "-d", address(to), "-j", "DROP");
  }

  private void iptables(int host, String... rule) {
    List<String> command = new ArrayList<>(on(host));
    command.addAll(List.of("iptables", "-w"));
    command.addAll(List.of(rule));
    Shell.run(command.toArray(String[]::new));
  }

  /**
   * Bounds what comes to a host, from wherever.
   *
   * @param megabits per second
   */
  void slow(int host, int megabits) {
    bound("p" + host, megabits, "64kb");
  }

  /**
   * The same for what comes to this JVM from the hosts, as a slow line does it: one packet after
   * the other, however long it had nothing to do.
   */
  void slowOutside(int megabits) {
    bound(UP, megabits, "4kb");
  }

  private void bound(String port, int megabits, String burst) {
    Shell.run(
        "tc",
        "-n",
        prefix + "sw",
        "qdisc",
        "add",
        "dev",
        port,
        "root",
        "tbf",
        "rate",
        megabits + "mbit",
        "burst",
        burst,
        "latency",
        "200ms");
  }

  /** Ends the bound on what comes to a host. */
  void fast(int host) {
    unbound("p" + host);
  }

  /** Ends the bound on what comes to this JVM. */
  void fastOutside() {
    unbound(UP);
  }

  private void unbound(String port) {
    Shell.run("tc", "-n", prefix + "sw", "qdisc", "del", "dev", port, "root");
  }

  /** Removes the labs of JVMs that are gone. */
  private static void removeStale() {
    for (String line : Shell.run("ip", "netns", "list").split("\n", -1)) {
      Matcher name = NAME.matcher(line.split(" ", 2)[0]);
      if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
        remove(name.group());
      }
    }
  }

  private static void remove(String namespace) {
    for (String inside : Shell.attempt("ip", "netns", "pids", namespace).output().split("\n", -1)) {
      if (!inside.isBlank() && inside.strip().chars().allMatch(Character::isDigit)) {
        Shell.attempt("kill", "-KILL", inside.strip());
      }
    }
    Shell.attempt("ip", "netns", "del", namespace);
  }

  @Override
  public void close() {
    Shell.attempt("ip", "link", "del", uplink);
    for (int host = 1; host <= hosts; host++) {
      remove(namespace(host));
    }
    remove(prefix + "sw");
  }
}
