package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.YamlConfigBuilder;
import com.hazelcast.internal.serialization.SerializationClassNameFilter;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import com.hazelcast.spi.properties.HazelcastProperty;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HazelcastFilesTest {

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "kubernetes"})
  void file_always_switchesOffWhatIsNotUsed(String name) throws IOException {
    Config config = load(name);
    NetworkConfig network = config.getNetworkConfig();
    JoinConfig join = network.getJoin();
    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    softly.assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    softly.assertThat(network.getRestApiConfig().isEnabled()).isFalse();
    softly.assertThat(network.getMemcacheProtocolConfig().isEnabled()).isFalse();
    softly.assertThat(config.getJetConfig().isEnabled()).isFalse();
    softly.assertThat(config.getMetricsConfig().isEnabled()).isFalse();
    softly.assertThat(config.getCPSubsystemConfig().getCPMemberCount()).isZero();
    softly.assertThat(property(config, ClusterProperty.PHONE_HOME_ENABLED)).isEqualTo("false");
    softly.assertThat(property(config, ClusterProperty.SOCKET_BIND_ANY)).isEqualTo("false");
    softly.assertThat(property(config, ClusterProperty.LOGGING_TYPE)).isEqualTo("slf4j");
    softly.assertThat(property(config, ClusterProperty.HEALTH_MONITORING_LEVEL)).isEqualTo("OFF");
    softly.assertAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "kubernetes"})
  void file_always_setsTheTimers(String name) throws IOException {
    Config config = load(name);
    assertThat(property(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS)).isEqualTo("1");
    assertThat(property(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS)).isEqualTo("10");
    assertThat(property(config, ClusterProperty.MASTERSHIP_CLAIM_TIMEOUT_SECONDS)).isEqualTo("15");
    assertThat(property(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS)).isEqualTo("5");
    assertThat(property(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS)).isEqualTo("5");
    assertThat(property(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN)).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "kubernetes"})
  void file_always_namesOnlyPropertiesThatHazelcastKnows(String name) throws IOException {
    Set<String> known =
        Arrays.stream(ClusterProperty.class.getFields())
            .filter(field -> field.getType() == HazelcastProperty.class)
            .map(HazelcastFilesTest::propertyName)
            .collect(Collectors.toSet());
    assertThat(known).containsAll(load(name).getProperties().stringPropertyNames());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "kubernetes"})
  void file_always_hasTheMapsOfVertx(String name) throws IOException {
    Config config = load(name);
    assertThat(config.getMultiMapConfigs()).containsKey("__vertx.subs");
    MultiMapConfig subscriptions = config.getMultiMapConfig("__vertx.subs");
    assertThat(subscriptions.getBackupCount()).isEqualTo(1);
    assertThat(subscriptions.getValueCollectionType())
        .isEqualTo(MultiMapConfig.ValueCollectionType.SET);
    assertThat(config.getMapConfigs()).containsKeys("__vertx.haInfo", "__vertx.nodeInfo");
    assertThat(config.getMapConfig("__vertx.nodeInfo").getBackupCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "compose", "kubernetes"})
  void file_always_refusesForeignJavaObjects(String name) throws IOException {
    JavaSerializationFilterConfig filter =
        Objects.requireNonNull(
            load(name).getSerializationConfig().getJavaSerializationFilterConfig());
    SerializationClassNameFilter classes = new SerializationClassNameFilter(filter);
    for (String refused :
        List.of("javax.management.BadAttributeValueExpException", "java.lang.reflect.Proxy")) {
      assertThat(isRefused(classes, refused)).as(refused).isTrue();
    }
    for (String accepted :
        List.of(
            "java.lang.IllegalStateException",
            "java.util.Collections$EmptyList",
            "[Ljava.lang.StackTraceElement;",
            "com.hazelcast.core.HazelcastInstanceNotActiveException")) {
      assertThat(isRefused(classes, accepted)).as(accepted).isFalse();
    }
  }

  @Test
  void local_always_looksOnFourPortsOfLoopback() throws IOException {
    Config config = load("local");
    NetworkConfig network = config.getNetworkConfig();
    assertThat(network.getPort()).isEqualTo(5701);
    assertThat(network.isPortAutoIncrement()).isTrue();
    assertThat(network.getPortCount()).isEqualTo(20);
    assertThat(property(config, ClusterProperty.TCP_JOIN_PORT_TRY_COUNT)).isEqualTo("4");
    assertThat(network.getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
    assertThat(network.getJoin().getTcpIpConfig().isEnabled()).isTrue();
    assertThat(network.getJoin().getTcpIpConfig().getMembers()).containsExactly("127.0.0.1");
  }

  @Test
  void compose_always_namesThreeServicesAtAFixedPort() throws IOException {
    NetworkConfig network = load("compose").getNetworkConfig();
    assertThat(network.getPort()).isEqualTo(5701);
    assertThat(network.isPortAutoIncrement()).isFalse();
    assertThat(network.getJoin().getTcpIpConfig().getMembers())
        .containsExactly("node1:5701", "node2:5701", "node3:5701");
  }

  @Test
  void kubernetes_always_asksTheHeadlessService() throws IOException {
    NetworkConfig network = load("kubernetes").getNetworkConfig();
    assertThat(network.isPortAutoIncrement()).isFalse();
    assertThat(network.getJoin().getTcpIpConfig().isEnabled()).isFalse();
    assertThat(network.getJoin().getKubernetesConfig().isEnabled()).isTrue();
    assertThat(network.getJoin().getKubernetesConfig().getProperties())
        .containsEntry("service-dns", "imagebus-cluster")
        .containsEntry("service-port", "5701");
  }

  private static Config load(String name) throws IOException {
    String resource = "/cluster-config/hazelcast-" + name + ".yaml";
    try (InputStream file =
        Objects.requireNonNull(HazelcastFilesTest.class.getResourceAsStream(resource), resource)) {
      return new YamlConfigBuilder(file).build();
    }
  }

  private static String property(Config config, HazelcastProperty property) {
    return new HazelcastProperties(config.getProperties()).getString(property);
  }

  private static String propertyName(Field field) {
    try {
      return ((HazelcastProperty) field.get(null)).getName();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isRefused(SerializationClassNameFilter classes, String name) {
    try {
      classes.filter(name);
      return false;
    } catch (SecurityException e) {
      return true;
    }
  }
}
