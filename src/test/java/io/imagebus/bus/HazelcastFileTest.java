package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import org.junit.jupiter.api.Test;

class HazelcastFileTest {

  private static final String MEMBERS = "node1.cluster:5701,node2.cluster:5701";

  @Test
  void load_withHost_bindsThereAndStillAsksMembersElsewhere() {
    Config config =
        HazelcastFile.load(new ClusterSettings("compose", "", "172.23.0.2", 0, 0, "", 0, MEMBERS));
    NetworkConfig network = config.getNetworkConfig();
    assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("172.23.0.2");
    assertThat(network.getPublicAddress()).isEqualTo("172.23.0.2");
    assertThat(network.getInterfaces().isEnabled()).isFalse();
    assertThat(network.getJoin().getTcpIpConfig().getMembers()).hasSize(2);
  }
}
