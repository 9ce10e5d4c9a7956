package io.imagebus.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class TopicFactsTest {

  private static JsonObject ingest(long frames, long captureMicros, int width) {
    return new JsonObject()
        .put("topic", "gate")
        .put("frames", frames)
        .put("fps", 2.5)
        .put("streamsOpened", 1L)
        .put("refused", new JsonObject().put("truncated", frames))
        .put("width", width)
        .put("lastCaptureMicros", captureMicros);
  }

  @Test
  void merge_twoInstancesOfIngest_addsTheirCounts() {
    JsonObject merged = TopicFacts.merge(ingest(3, 10, 640), ingest(4, 20, 1280));
    assertThat(merged.getLong("frames")).isEqualTo(7);
    assertThat(merged.getDouble("fps")).isEqualTo(5.0);
    assertThat(merged.getLong("streamsOpened")).isEqualTo(2);
    assertThat(merged.getJsonObject("refused").getLong("truncated")).isEqualTo(7);
  }

  @Test
  void merge_differentPictures_keepsTheNewestWhateverTheOrder() {
    JsonObject older = ingest(3, 10, 640);
    JsonObject newer = ingest(4, 20, 1280);
    assertThat(TopicFacts.merge(older, newer).getInteger("width")).isEqualTo(1280);
    assertThat(TopicFacts.merge(newer, older).getInteger("width")).isEqualTo(1280);
  }

  @Test
  void merge_differentKeepers_joinsWhatEachKnows() {
    JsonObject stream = new JsonObject().put("topic", "gate").put("state", "live");
    JsonObject merged = TopicFacts.merge(stream, ingest(3, 10, 640));
    assertThat(merged.getString("state")).isEqualTo("live");
    assertThat(merged.getLong("frames")).isEqualTo(3);
    assertThat(stream.containsKey("frames")).as("the keeper's own object is left alone").isFalse();
  }
}
