package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodeDirectoryTest {

  private final NodeDirectory directory = new NodeDirectory(-7);

  @Test
  void apply_everyDeltaInOrder_givesTheSameDirectory() {
    NodeDirectory copy = NodeDirectory.fromSnapshot(wire(directory.snapshot()));
    for (JsonObject delta : changes(200)) {
      assertThat(copy.isAt(delta)).isFalse();
      assertThat(copy.apply(wire(delta))).isTrue();
      assertThat(copy.isAt(delta)).isTrue();
    }
    assertSame(copy);
  }

  @Test
  void apply_deltaAfterOneThatIsMissing_isRefusedUntilTheSnapshot() {
    NodeDirectory copy = NodeDirectory.fromSnapshot(wire(directory.snapshot()));
    List<JsonObject> changes = changes(3);
    assertThat(copy.apply(changes.get(0))).isTrue();
    assertThat(copy.apply(changes.get(2))).isFalse();
    assertThat(copy.isAt(directory.head())).isFalse();
    assertSame(NodeDirectory.fromSnapshot(wire(directory.snapshot())));
  }

  @Test
  void apply_deltaSaidTwice_changesNothing() {
    NodeDirectory copy = NodeDirectory.fromSnapshot(wire(directory.snapshot()));
    List<JsonObject> changes = changes(2);
    changes.forEach(copy::apply);
    assertThat(copy.apply(changes.get(1))).isFalse();
    assertThat(copy.isAt(changes.get(1))).isTrue();
    assertSame(copy);
  }

  @Test
  void apply_deltaOfAnotherProcess_isRefused() {
    NodeDirectory other = new NodeDirectory(8);
    JsonObject delta = other.add(Streams.info("a", 1, "node"));
    assertThat(directory.apply(delta)).isFalse();
    assertThat(directory.isAt(delta)).isFalse();
    assertThat(directory.streams()).isEmpty();
  }

  private void assertSame(NodeDirectory copy) {
    assertThat(copy.streams()).isEqualTo(directory.streams());
    assertThat(copy.interests()).isEqualTo(directory.interests());
    assertThat(copy.isAt(directory.head())).isTrue();
  }

  private List<JsonObject> changes(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<JsonObject> deltas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StreamInfo info = Streams.info("topic/" + random.nextInt(5), random.nextInt(5), "node");
      Interest interest =
          new Interest(new TopicFilter("topic/" + random.nextInt(5)), Variant.SOURCE);
      deltas.add(
          switch (random.nextInt(4)) {
            case 0 -> directory.remove(info.id());
            case 1 -> directory.remove(interest);
            case 2 -> directory.add(interest);
            default -> directory.add(info);
          });
    }
    return deltas;
  }

  private static JsonObject wire(JsonObject json) {
    return new JsonObject(json.encode());
  }
}
