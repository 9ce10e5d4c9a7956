package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.frame.StreamId;
import io.imagebus.image.Pictures;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;

/** Another publisher of the node, whom nothing may disturb. */
final class Bystander {

  private static final byte[] PICTURE = Pictures.baselineJpeg(16, 16);

  private final IngestEdge edge;
  private final StreamId stream;
  private long frame = -1;

  Bystander(IngestEdge edge) throws Exception {
    this.edge = edge;
    stream = StreamId.parse(post().getString("stream"));
  }

  private JsonObject post() throws Exception {
    HttpResponse<String> response =
        TestPublisher.post(edge.port(), "/api/v1/topics/bystander/frames", "image/jpeg", PICTURE);
    assertThat(response.statusCode()).isEqualTo(202);
    frame++;
    JsonObject answer = new JsonObject(response.body());
    assertThat(answer.getLong("frame")).as("the bystander's stream goes on").isEqualTo(frame);
    return answer;
  }

  /** Publishes once more; all it ever published has arrived, in one stream, without a gap. */
  void assertUndisturbed() throws Exception {
    assertThat(post().getString("stream")).isEqualTo(stream.toString());
    await().until(() -> own().stream().filter(Arrived.class::isInstance).count() == frame + 1);
    assertThat(own()).noneMatch(event -> event instanceof Ended || event instanceof Skipped);
  }

  boolean isHis(StreamId other) {
    return stream.equals(other);
  }

  /** The frames that arrived of everybody else. */
  List<Arrived> framesOfOthers() {
    return edge.events().stream()
        .filter(Arrived.class::isInstance)
        .map(Arrived.class::cast)
        .filter(arrived -> !isHis(arrived.stream()))
        .toList();
  }

  private List<StreamEvent> own() {
    return edge.events().stream().filter(event -> event.stream().equals(stream)).toList();
  }
}
