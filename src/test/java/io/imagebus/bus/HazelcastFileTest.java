package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HazelcastFileTest {

  private static final String MEMBERS = "node1.cluster:5701,node2.cluster:5701";

  @Test
  void load_withHost_bindsThereAndStillAsksMembersElsewhere() {
    Config config =
        HazelcastFile.load(new ClusterSettings("compose", "", "172.23.0.2", 0, 0, "", 0, MEMBERS));
    ServerSocketEndpointConfig members = members(config);
    assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("172.23.0.2");
    assertThat(members.getPublicAddress()).isEqualTo("172.23.0.2");
    assertThat(members.getInterfaces().isEnabled()).isFalse();
    assertThat(join(config).getTcpIpConfig().getMembers()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "kubernetes"})
  void load_builtIn_admitsMembersOnlyAndTriesAConnectionForSeconds(String name) {
    Config config = HazelcastFile.load(new ClusterSettings(name, "", "", 0, 0, "", 0, ""));
    assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs())
        .containsOnlyKeys(EndpointQualifier.MEMBER);
    assertThat(members(config).getPort()).isEqualTo(5701);
    assertThat(members(config).getSocketConnectTimeoutSeconds()).isEqualTo(3);
    assertThat(join(config).getMulticastConfig().isEnabled()).isFalse();
    assertThat(join(config).getTcpIpConfig().isEnabled()).isEqualTo(!name.equals("kubernetes"));
    assertThat(join(config).getKubernetesConfig().isEnabled()).isEqualTo(name.equals("kubernetes"));
  }

  private static ServerSocketEndpointConfig members(Config config) {
    return (ServerSocketEndpointConfig)
        config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER);
  }

  private static JoinConfig join(Config config) {
    return config.getAdvancedNetworkConfig().getJoin();
  }
}
