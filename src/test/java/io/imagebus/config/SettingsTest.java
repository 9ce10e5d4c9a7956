package io.imagebus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagebus.config.Schema.SectionSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final int MIB = 1_048_576;

  @Test
  void defaults_always_areTheDocumentedOnes() {
    assertThat(Settings.defaults())
        .isEqualTo(
            new Settings(
                new Node("", 10),
                new Http("127.0.0.1", 8080, "", "*"),
                new Cluster(false, "local", "", "", 0, 0, "", 0, ""),
                new Frames(16 * MIB, 100_000_000, 16_384, 64, 131_072),
                new Ingest(10_000, 32 * MIB, 5_000, 30),
                new Link(2 * MIB, 4 * MIB, 2_000, 2_000),
                new Repair(32 * MIB, 8 * MIB, 2_000, 16 * MIB, 10_000),
                new Compression(0, "160, 320, 640, 960, 1280, 1920", 75, 1_000, "", false, true),
                new Delivery(262_144, 131_072, 8, 1_000, 1_000, 10_000, 65_536, 5),
                new Topics(3_600, 3_000, 256 * MIB, "", "", 1_000, ""),
                new Metrics(500),
                new Log(Log.Format.TEXT, Log.Level.INFO)));
  }

  @Test
  void section_withNumberBeyondItsRange_namesTheKey() {
    for (SectionSpec section : Schema.SETTINGS.sections()) {
      for (int i = 0; i < section.keys().size(); i++) {
        KeySpec key = section.keys().get(i);
        if (key.preset() instanceof Number) {
          assertRefuses(section, i, key.key().min() - 1);
          assertRefuses(section, i, key.key().max() + 1);
        }
      }
    }
  }

  private static void assertRefuses(SectionSpec section, int index, long number) {
    KeySpec key = section.keys().get(index);
    List<Object> values = new ArrayList<>(section.keys().stream().map(KeySpec::preset).toList());
    boolean isInt = key.preset() instanceof Integer;
    values.set(index, isInt ? (Object) Math.toIntExact(number) : (Object) number);
    assertThatThrownBy(() -> Records.create(section.type(), values))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining(key.path() + ": use " + key.allowed());
  }

  @Test
  void section_always_isNamedAsItsRecord() {
    for (SectionSpec section : Schema.SETTINGS.sections()) {
      assertThat(section.keys()).allMatch(key -> key.section().equals(section.name()));
    }
  }

  @Test
  void cluster_withBuiltInName_namesAResourceThatExists() {
    for (String config : List.of("local", "compose", "kubernetes")) {
      String resource = cluster(config, "").builtInResource().orElseThrow();
      assertThat(Settings.class.getResource("/" + resource)).as(resource).isNotNull();
    }
  }

  @Test
  void cluster_withPath_namesNoResource() {
    assertThat(cluster("/etc/imagebus/hazelcast.yaml", "").builtInResource()).isEmpty();
  }

  @Test
  void cluster_withMembers_listsThemOneByOne() {
    assertThat(cluster("local", "node1:5701, node2 ,[::1]:5703").memberList())
        .containsExactly("node1:5701", "node2", "[::1]:5703");
    assertThat(cluster("local", "").memberList()).isEmpty();
  }

  private static Cluster cluster(String config, String members) {
    return new Cluster(true, config, "", "", 0, 0, "", 0, members);
  }
}
