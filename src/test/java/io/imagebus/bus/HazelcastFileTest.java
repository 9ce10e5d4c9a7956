package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import org.junit.jupiter.api.Test;

class HazelcastFileTest {

  private static final String MEMBERS = "node1.cluster:5701,node2.cluster:5701";

  @Test
  void load_withHost_bindsThereAndStillAsksMembersElsewhere() {
    Config config =
        HazelcastFile.load(new ClusterSettings("compose", "", "172.23.0.2", 0, 0, "", 0, MEMBERS));
    ServerSocketEndpointConfig network =
        (ServerSocketEndpointConfig)
            config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER);
    assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("172.23.0.2");
    assertThat(network.getPublicAddress()).isEqualTo("172.23.0.2");
    assertThat(network.getInterfaces().isEnabled()).isFalse();
    assertThat(config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig().getMembers())
        .hasSize(2);
  }
}
