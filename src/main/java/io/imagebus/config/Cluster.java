package io.imagebus.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How this node finds the others. */
@Section("How nodes find each other: Hazelcast for membership, the event bus for pictures.")
public record Cluster(
    @Key(preset = "false", doc = "Whether this node joins others. A node alone needs none of this.")
        boolean enabled,
    @Key(
            preset = "local",
            doc =
                "Hazelcast configuration: local, compose or kubernetes for a built-in file, else"
                    + " the path of a Hazelcast YAML file. Use the same on every node.")
        String config,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Name of the cluster; nodes with different names never join. It is not a secret."
                    + " Empty: as in the Hazelcast file.")
        String name,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Address of the interface that Hazelcast and the event bus use. Choose a private"
                    + " network: whoever reaches these ports is trusted. Empty: as in the Hazelcast"
                    + " file, and 127.0.0.1 for the event bus.")
        String host,
    @Key(preset = "0", max = 65_535, doc = "Hazelcast's port. 0: as in the Hazelcast file.")
        int port,
    @Key(
            preset = "0",
            max = 65_535,
            doc = "The event bus's port. 0 takes any free port; set it where a firewall stands.")
        int busPort,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "Address under which other nodes reach this node's event bus when it is not the"
                    + " one that it listens on, behind NAT for example. Empty: cluster.host.")
        String busPublicHost,
    @Key(
            preset = "0",
            max = 65_535,
            doc = "Port that goes with cluster.bus-public-host. 0: the one it listens on.")
        int busPublicPort,
    @Key(
            preset = "",
            emptyAllowed = true,
            doc =
                "The other nodes as host:port, comma separated, as Hazelcast's TCP/IP member list."
                    + " Empty: as in the Hazelcast file.")
        String members) {

  private static final List<String> BUILT_IN = List.of("local", "compose", "kubernetes");

  private static final Pattern MEMBER =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:]+)(:\\d{1,5})?");

  public Cluster {
    new Constraints(
            Cluster.class,
            enabled,
            config,
            name,
            host,
            port,
            busPort,
            busPublicHost,
            busPublicPort,
            members)
        .require("cluster.bus-port", port == 0 || port != busPort, "a port other than cluster.port")
        .require(
            "cluster.members",
            membersOf(members).allMatch(Cluster::isMember),
            "host:port, comma separated, with ports from 1 to 65535")
        .enforce();
  }

  /** The class path resource of the built-in Hazelcast file; empty when config is a path. */
  public Optional<String> builtInResource() {
    return BUILT_IN.contains(config)
        ? Optional.of("cluster-config/hazelcast-" + config + ".yaml")
        : Optional.empty();
  }

  /** The members one by one; empty when the Hazelcast file's list holds. */
  public List<String> memberList() {
    return membersOf(members).toList();
  }

  private static Stream<String> membersOf(String text) {
    return text.isBlank() ? Stream.empty() : Stream.of(text.split(",", -1)).map(String::strip);
  }

  private static boolean isMember(String member) {
    var matcher = MEMBER.matcher(member);
    if (!matcher.matches()) {
      return false;
    }
    String port = matcher.group(2);
    return port == null || isPort(Integer.parseInt(port.substring(1)));
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }
}
