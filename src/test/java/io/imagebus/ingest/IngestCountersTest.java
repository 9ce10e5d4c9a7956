package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.image.PictureInfo;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class IngestCountersTest {

  private static final Topic GATE = new Topic("gate");
  private static final PictureInfo PICTURE = new PictureInfo(ImageFormat.JPEG, 640, 360, 3, 8);

  private final IngestCounters counters = new IngestCounters();

  @Test
  void counts_ofOneTopic_areWhatHappened() {
    counters.opened(GATE);
    counters.accepted(GATE, PICTURE, 1_000, 5);
    counters.accepted(GATE, PICTURE, 500, 6);
    counters.refused(GATE, new Refusal("truncated", 400, ""));
    counters.refused(GATE, new Refusal("truncated", 400, ""));
    counters.replaced(GATE);

    JsonObject json = counters.toJson().getJsonObject(0);
    assertThat(json.getString("topic")).isEqualTo("gate");
    assertThat(json.getLong("frames")).isEqualTo(2);
    assertThat(json.getLong("bytes")).isEqualTo(1_500);
    assertThat(json.getLong("streamsOpened")).isEqualTo(1);
    assertThat(json.getLong("streamsReplaced")).isEqualTo(1);
    assertThat(json.getJsonObject("refused")).isEqualTo(new JsonObject().put("truncated", 2L));
    assertThat(json.getInteger("width")).isEqualTo(640);
    assertThat(json.getInteger("height")).isEqualTo(360);
    assertThat(json.getLong("lastCaptureMicros")).isEqualTo(6);
  }

  @Test
  void tick_steadyRate_isShownAndFallsToZeroInSilence() {
    for (int second = 0; second < 5; second++) {
      for (int frame = 0; frame < 25; frame++) {
        counters.accepted(GATE, PICTURE, 1_000, 0);
      }
      counters.tick();
    }
    assertThat(gate().getDouble("fps")).isEqualTo(25.0);
    assertThat(gate().getLong("bytesPerSecond")).isEqualTo(25_000);
    for (int second = 0; second < 60; second++) {
      counters.tick();
    }
    assertThat(gate().getDouble("fps")).isZero();
    assertThat(gate().getLong("bytesPerSecond")).isZero();
  }

  @Test
  void counts_ofMoreTopicsThanTheBound_goToOneCalledOther() {
    for (int i = 0; i < 10_100; i++) {
      counters.opened(new Topic("topic/" + i));
    }
    assertThat(counters.toJson()).hasSize(10_001);
    long others =
        counters.toJson().stream()
            .map(JsonObject.class::cast)
            .filter(json -> json.getString("topic").equals("other"))
            .mapToLong(json -> json.getLong("streamsOpened"))
            .sum();
    assertThat(others).isEqualTo(100);
  }

  private JsonObject gate() {
    return counters.toJson().getJsonObject(0);
  }
}
