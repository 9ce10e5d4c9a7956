package io.imagebus.bus;

/**
 * How a node joins its cluster.
 *
 * @param config {@code local}, {@code compose} or {@code kubernetes} for a file of the jar, else
 *     the path of a Hazelcast YAML file
 * @param name cluster name; empty keeps the file's
 * @param host address of the interface for Hazelcast and the event bus; empty keeps the file's
 * @param port Hazelcast's port; 0 keeps the file's
 * @param busPort the event bus's port; 0 takes any that is free
 * @param busPublicHost where other nodes reach the event bus; empty when it is {@code host}
 * @param busPublicPort port that goes with it; 0 when it is the one listened on
 * @param members {@code host:port}, comma separated; empty keeps the file's
 */
public record ClusterSettings(
    String config,
    String name,
    String host,
    int port,
    int busPort,
    String busPublicHost,
    int busPublicPort,
    String members) {}
