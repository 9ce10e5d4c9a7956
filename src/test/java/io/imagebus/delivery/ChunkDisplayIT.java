package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.FakeStages;
import io.imagebus.bus.FakeStream;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.wire.Chunk;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChunkDisplayIT {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private FakeStages stages;
  private TestEdge edge;

  @BeforeEach
  void start() throws Exception {
    stages = TestEdge.stages(vertx);
    edge = TestEdge.start(vertx, DeliverySettings.defaults());
  }

  @AfterEach
  void stop() throws Exception {
    TestEdge.await(vertx.close());
  }

  private TestDisplay display() throws Exception {
    return TestDisplay.connect(vertx, edge.port(), "/ws");
  }

  static Buffer picture(int bytes, int seed) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    content[0] = (byte) 0xFF;
    content[1] = (byte) 0xD8;
    content[2] = (byte) 0xFF;
    return Buffer.buffer(content);
  }

  static Buffer picture(List<Chunk> chunks) {
    return new ChunkedFrame(chunks).picture();
  }

  @Test
  void frame_ofOneChunk_arrivesIntactAfterItsStream() throws Exception {
    FakeStream stream = stages.open("site/gate", 0xF00DL, 1);
    TestDisplay display = display().subscribe(7, "site/gate");
    JsonObject announced = display.awaitText("stream");
    Buffer picture = picture(5_000, 1);
    stream.frame(picture);
    display.awaitBinaries(1);

    assertThat(picture(display.chunks())).isEqualTo(picture);
    assertThat(announced)
        .isEqualTo(
            new JsonObject(
                """
                {"type":"stream","ids":[7],"stream":"000000000000f00d","topic":"site/gate",
                 "variant":"source","contentType":"image/jpeg","source":"000000000000f00d",
                 "first":0,"total":0,"node":"node-test"}"""));
    assertThat(display.awaitText("subscribed").getInteger("id")).isEqualTo(7);
  }

  @Test
  void frame_ofManyChunks_arrivesIntactInOrder() throws Exception {
    FakeStream stream = stages.open("site/gate", 2, 1);
    TestDisplay display = display().subscribe(1, "site/#");
    display.awaitText("stream");
    Buffer picture = picture(10 * FakeStream.CHUNK_BYTES + 17, 2);
    stream.frame(picture);
    display.awaitBinaries(11);

    assertThat(picture(display.chunks())).isEqualTo(picture);
    assertThat(display.texts("skip")).isEmpty();
  }

  @Test
  void display_thatClosed_leavesNothingBehind() throws Exception {
    FakeStream stream = stages.open("site/gate", 3, 1);
    TestDisplay display = display().subscribe(1, "site/gate");
    stream.frame(picture(1000, 3));
    display.awaitBinaries(1);
    assertThat(edge.displays()).isEqualTo(1);
    display.close();

    await().until(() -> edge.displays() == 0);
    await().until(() -> stages.wanted() == 0);
    assertThat(edge.accounts()).isEmpty();
    assertThat(edge.departed()).hasSize(1);
    assertThat(edge.departed().get(0).sent()).isEqualTo(1);
  }
}
