package io.imagebus.bus;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The Hazelcast configuration of a node: a file, with what the node's settings say on top. */
final class HazelcastFile {

  private static final Set<String> BUILT_IN = Set.of("local", "compose", "kubernetes");

  private HazelcastFile() {}

  /**
   * Loads the file and applies the settings.
   *
   * @throws IllegalArgumentException if the file is missing or Hazelcast refuses it; says which
   */
  static Config load(ClusterSettings settings) {
    Config config = read(settings.config());
    if (!settings.name().isEmpty()) {
      config.setClusterName(settings.name());
    }
    if (settings.port() != 0) {
      config.getNetworkConfig().setPort(settings.port());
    }
    if (!settings.host().isEmpty()) {
      // Not as an interface: the joiner leaves out every member whose address matches none of
      // those.
      config.getNetworkConfig().getInterfaces().setEnabled(false);
      config.setProperty("hazelcast.local.localAddress", settings.host());
      config.getNetworkConfig().setPublicAddress(settings.host());
    }
    if (!settings.members().isEmpty()) {
      JoinConfig join = config.getNetworkConfig().getJoin();
      join.getKubernetesConfig().setEnabled(false);
      join.getTcpIpConfig().setEnabled(true).setMembers(List.of(settings.members().split(",")));
    }
    admitMembersOnly(config);
    return config;
  }

  /**
   * Turns the usual network section, whose port serves clients and text protocols too, into one for
   * members alone. On the former, a connection that was accepted by a member that stands still
   * makes the writing thread turn in circles until an answer comes (hazelcast/hazelcast#26473): it
   * held up the heartbeats between members that were well, and they dropped each other.
   */
  private static void admitMembersOnly(Config config) {
    AdvancedNetworkConfig membersOnly = config.getAdvancedNetworkConfig();
    if (membersOnly.isEnabled()) {
      return;
    }
    NetworkConfig usual = config.getNetworkConfig();
    ServerSocketEndpointConfig members =
        new ServerSocketEndpointConfig()
            .setPort(usual.getPort())
            .setPortCount(usual.getPortCount())
            .setPortAutoIncrement(usual.isPortAutoIncrement())
            .setReuseAddress(usual.isReuseAddress())
            .setPublicAddress(usual.getPublicAddress())
            .setOutboundPorts(usual.getOutboundPorts())
            .setOutboundPortDefinitions(usual.getOutboundPortDefinitions())
            .setInterfaces(usual.getInterfaces())
            .setSocketConnectTimeoutSeconds(
                new HazelcastProperties(config)
                    .getInteger(ClusterProperty.SOCKET_CONNECT_TIMEOUT_SECONDS))
            .setSSLConfig(usual.getSSLConfig())
            .setSocketInterceptorConfig(usual.getSocketInterceptorConfig());
    membersOnly
        .setEnabled(true)
        .setJoin(usual.getJoin())
        .setMemberAddressProviderConfig(usual.getMemberAddressProviderConfig())
        .setIcmpFailureDetectorConfig(usual.getIcmpFailureDetectorConfig())
        .setMemberEndpointConfig(members);
  }

  private static Config read(String name) {
    try (InputStream in = open(name)) {
      return new YamlConfigBuilder(in).build();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cluster.config: cannot read '"
              + name
              + "' ("
              + e.getMessage()
              + "); write local, compose, kubernetes or the path of a Hazelcast YAML file",
          e);
    } catch (InvalidConfigurationException e) {
      throw new IllegalArgumentException(
          "cluster.config: Hazelcast refuses '" + name + "': " + e.getMessage(), e);
    }
  }

  private static InputStream open(String name) throws IOException {
    if (!BUILT_IN.contains(name)) {
      return Files.newInputStream(Path.of(name));
    }
    String resource = "/cluster-config/hazelcast-" + name + ".yaml";
    InputStream in = HazelcastFile.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("the program lacks " + resource);
    }
    return in;
  }
}
